import type { Priority } from '@lifeline/contracts';

/** How grave a finding is, 1 to 4; 0 where there is none. */
export type Gravity = 0 | 1 | 2 | 3 | 4;

const PRIORITY_OF: readonly Priority[] = ['blue', 'blue', 'yellow', 'orange', 'red'];

/** Priority of a gravity; blue for 0, which only an end carries. */
export function priorityOf(gravity: Gravity): Priority {
  return PRIORITY_OF[gravity]!;
}

export interface SwitchTimes {
  /** How long a test must hold before its finding begins, ms. */
  readonly onDelayMs: number;
  /** How long it must be quiet before its finding ends, ms. */
  readonly offDelayMs: number;
  /** How long it must be graver before its finding worsens, ms; default: the on-delay. */
  readonly worsenDelayMs?: number;
}

export type SwitchMove = 'begin' | 'worsen' | 'end' | undefined;

const OPEN = 0;
const ON_SINCE = 1;
const WORSE_SINCE = 2;
const OFF_SINCE = 3;
const LAST_MS = 4;
const CARRIER = 5;

/**
 * Opens, worsens and ends the one finding of a test, by delays. All it knows lies in six places of the watch's state, so that
 * it goes on after a restart.
 */
export class FindingSwitch {
  static readonly FIELDS = 6;

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
    private readonly times: SwitchTimes,
  ) {}

  /** Gravity of the open finding; 0 where none is open. */
  get open(): Gravity {
    return this.state[this.at + OPEN]! as Gravity;
  }

  /** Time of the newest move; each is later than the one before, also where two fall on one reading. */
  get atMs(): number {
    return this.state[this.at + LAST_MS]!;
  }

  /** The sensor that carries the open finding, and its end. */
  get carrier(): number {
    return this.state[this.at + CARRIER]!;
  }

  /**
   * What the test says at a time.
   * @param carrier sensor number that would carry the finding if it began now
   */
  judge(gravity: Gravity, atMs: number, carrier: number): SwitchMove {
    const { state, at } = this;
    const open = state[at + OPEN]!;
    if (open === 0) {
      state[at + OFF_SINCE] = 0;
      if (!this.lasts(ON_SINCE, gravity > 0, atMs, this.times.onDelayMs)) return undefined;
      state[at + CARRIER] = carrier;
      return this.move(gravity, atMs, 'begin');
    }
    if (this.lasts(OFF_SINCE, gravity === 0, atMs, this.times.offDelayMs)) return this.move(0, atMs, 'end');
    const delayMs = this.times.worsenDelayMs ?? this.times.onDelayMs;
    if (this.lasts(WORSE_SINCE, gravity > open, atMs, delayMs)) return this.move(gravity, atMs, 'worsen');
    return undefined;
  }

  /** Ends the open finding now, without a delay. */
  end(atMs: number): SwitchMove {
    return this.open === 0 ? undefined : this.move(0, atMs, 'end');
  }

  private lasts(field: number, holds: boolean, atMs: number, delayMs: number): boolean {
    const { state } = this;
    const at = this.at + field;
    if (!holds) {
      state[at] = 0;
      return false;
    }
    if (state[at] === 0) state[at] = atMs;
    return atMs - state[at]! >= delayMs;
  }

  private move(gravity: Gravity, atMs: number, move: SwitchMove): SwitchMove {
    const { state, at } = this;
    state[at + OPEN] = gravity;
    state[at + ON_SINCE] = state[at + WORSE_SINCE] = state[at + OFF_SINCE] = 0;
    state[at + LAST_MS] = Math.max(atMs, state[at + LAST_MS]! + 1);
    return move;
  }
}
