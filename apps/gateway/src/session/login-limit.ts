/** How many attempts a name and address, or an address alone, may make in one window. */
export const LOGIN_WINDOW_MS = 5 * 60_000;
export const ATTEMPTS_BY_NAME = 10;
export const ATTEMPTS_BY_ADDRESS = 100;
/** Keys kept at most; the oldest window goes first. */
const MOST_KEYS = 50_000;

interface Window {
  readonly startMs: number;
  attempts: number;
}

/** Counts attempts to log in before the password is checked, so that a burst cannot slip past the limit. */
export class LoginLimit {
  private readonly windows = new Map<string, Window>();

  /** Counts one attempt; gives 0 where it may go on, else the seconds until the next may. */
  attempt(username: string, address: string, nowMs: number): number {
    return Math.max(
      this.count(`address ${address}`, ATTEMPTS_BY_ADDRESS, nowMs),
      this.count(`name ${username} ${address}`, ATTEMPTS_BY_NAME, nowMs),
    );
  }

  /** A right password ends the count of that name and address. */
  succeeded(username: string, address: string): void {
    this.windows.delete(`name ${username} ${address}`);
  }

  private count(key: string, most: number, nowMs: number): number {
    let window = this.windows.get(key);
    if (!window || nowMs - window.startMs >= LOGIN_WINDOW_MS) {
      this.windows.delete(key);
      window = { startMs: nowMs, attempts: 0 };
      this.windows.set(key, window);
      if (this.windows.size > MOST_KEYS)
        for (const oldest of this.windows.keys()) {
          this.windows.delete(oldest);
          break;
        }
    }
    window.attempts++;
    return window.attempts <= most ? 0 : Math.max(1, Math.ceil((window.startMs + LOGIN_WINDOW_MS - nowMs) / 1000));
  }
}
