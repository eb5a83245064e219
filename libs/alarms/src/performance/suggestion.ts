import type { AlarmPerformance, AlarmTransition } from '@lifeline/contracts';

type Suggestion = NonNullable<AlarmPerformance['badActors'][number]['suggestion']>;

/** A pause that is longer is no chatter that a delay should bridge: off-delays stay below the time to respond (domain defaults 8.3). */
const LONGEST_PAUSE_MS = 15 * 60_000;
const LEAST_PAUSES = 2;
const STEP_S = 5;
/** Somewhat more than what was seen. */
const MARGIN = 1.1;

/** How one alarm point came and went: its pauses, and how far it came back over its limit in them. */
export class Comings {
  private readonly pausesMs: number[] = [];
  private readonly returns: number[] = [];
  private cleared: AlarmTransition | undefined;
  private unit = '';

  /** Takes its transitions in the order of time. */
  take(step: AlarmTransition): void {
    this.unit = step.unit;
    if (step.event === 'clear') this.cleared = step;
    if (step.chatter) {
      this.pausesMs.push(step.chatter.longestGapMs);
      if (step.chatter.deepestReturn !== null) this.returns.push(step.chatter.deepestReturn);
    }
    if (step.event !== 'raise' || !this.cleared) return;
    const pauseMs = step.atMs - this.cleared.atMs;
    if (pauseMs > 0 && pauseMs <= LONGEST_PAUSE_MS) {
      this.pausesMs.push(pauseMs);
      const back = returnOf(this.cleared, step);
      if (back !== null) this.returns.push(back);
    }
    this.cleared = undefined;
  }

  /**
   * What would have made one alarm of nearly all of them: an off-delay longer than, or a deadband wider than, 95 in 100 of the
   * pauses. Undefined where it came back too seldom to say.
   */
  suggestion(): Suggestion | undefined {
    if (this.pausesMs.length < LEAST_PAUSES) return undefined;
    const offDelayS = Math.ceil((quantile95(this.pausesMs) * MARGIN) / 1000 / STEP_S) * STEP_S;
    const deadband =
      this.returns.length < LEAST_PAUSES ? null : Number((quantile95(this.returns) * MARGIN).toPrecision(2));
    return { offDelayS, deadband: deadband === 0 ? null : deadband, unit: this.unit };
  }
}

function returnOf(cleared: AlarmTransition, raised: AlarmTransition): number | null {
  const { limit } = raised;
  if (cleared.value === null || limit === null || limit.value === null) return null;
  const low = limit.kind === 'low' || limit.kind === 'low-low';
  if (!low && limit.kind !== 'high' && limit.kind !== 'high-high') return null;
  return Math.max(0, low ? cleared.value - limit.value : limit.value - cleared.value);
}

function quantile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))]!;
}
