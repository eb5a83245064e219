/** The clock is a parameter everywhere, so that a test, a replay and a drill run the same code at another speed. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };
