import { Spread } from '@lifeline/lifeline-kit';

export interface LastingStepOptions {
  /** Changes of less are no step, in the signal's unit: at least what the instrument can tell apart. */
  readonly least: number;
  /** How long a change must stay to be lasting, ms: a vehicle crosses, or waits at a light, for less. */
  readonly holdMs: number;
  /** How long it must stay within an hour of a step before: what has begun to move goes on in steps. */
  readonly holdAgainMs: number;
  /** How fast the level follows what is slower than a step (temperature), ms. */
  readonly levelMs: number;
  /** How much must have been seen before anything is called a step, ms. */
  readonly learnMs: number;
}

/**
 * Of strain at a support, µm/m. 2 is the catalogue's accuracy; two minutes is a vehicle that waits; [P], editable. Chosen while looking at
 * a bridge of which a support was lowered in steps, and at the same bridge with vehicles that stopped on it for up to 115 s.
 */
export const STRAIN_STEPS: LastingStepOptions = {
  least: 2,
  holdMs: 120_000,
  holdAgainMs: 20_000,
  levelMs: 600_000,
  learnMs: 60_000,
};

const AGAIN_MS = 3_600_000;
const DEVIATIONS = 6;
/** Frames that the usual deviation belongs to: quick enough for the morning's traffic. */
const MEMORY_FRAMES = 180;
/** After such a gap the level is learned anew. */
const GAP_MS = 10 * 60_000;
/** However long the frames are, so many must agree; fewer where a step went before. */
const HOLD_FRAMES = 8;
const HOLD_FRAMES_AGAIN = 4;

/** A change of level that stayed. */
export interface LastingChange {
  /** When the new level was first met, and when it had stayed long enough. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** New less old level, in the signal's unit. */
  readonly size: number;
}

/**
 * Finds changes of level that stay, in the means of successive short frames (about 5 to 10 s): beyond `least` and six deviations of the
 * frames, on one side, for as long as the hold. Crossing vehicles come back; a settled support does not.
 */
export class LastingStep {
  static readonly STATE_SIZE = 9 + Spread.STATE_SIZE;
  private readonly spread: Spread;

  constructor(
    /** Level, known since + 1, newest + 1, candidate since + 1, its side, mean of its newest frames, last step + 1, its size, frames of the candidate. */
    private readonly state: Float64Array,
    private readonly options: LastingStepOptions,
  ) {
    this.spread = new Spread(state.subarray(9), MEMORY_FRAMES, options.least / DEVIATIONS);
  }

  /** Level before any candidate; NaN before the first frame. */
  get level(): number {
    return this.state[1] === 0 ? NaN : this.state[0]!;
  }

  /** Change that a frame must show to be a candidate. */
  get threshold(): number {
    return Math.max(this.options.least, DEVIATIONS * this.spread.deviation);
  }

  /** True while a change is there that has not yet stayed long enough. */
  get waits(): boolean {
    return this.state[3]! > 0;
  }

  /** Takes the mean of a frame; the change, once, when it has stayed. */
  take(atMs: number, mean: number): LastingChange | null {
    const { state, options } = this;
    if (!Number.isFinite(mean)) return null;
    if (state[1] === 0) {
      state[0] = mean;
      state[1] = atMs + 1;
      state[2] = atMs + 1;
      return null;
    }
    const elapsedMs = Math.max(0, atMs + 1 - state[2]!);
    state[2] = atMs + 1;
    if (elapsedMs > GAP_MS) {
      // Sun and traffic went on meanwhile, or the clock was put right: what it was before says nothing of a step.
      state[0] = mean;
      state[1] = atMs + 1;
      state[3] = 0;
      return null;
    }
    const away = mean - state[0]!;
    const learned = atMs + 1 - state[1]! >= options.learnMs;
    const side = Math.sign(away);
    const beyond = Math.abs(away) > this.threshold;
    if (!learned || !beyond || (this.waits && side !== state[4])) {
      state[3] = 0;
      if (learned && beyond) this.begin(atMs, side, mean);
      else {
        this.spread.learn(away);
        const share = learned ? 1 - Math.exp(-elapsedMs / options.levelMs) : 0.3;
        state[0]! += share * away;
      }
      return null;
    }
    if (!this.waits) this.begin(atMs, side, mean);
    else state[5]! += 0.5 * (mean - state[5]!);
    const sinceMs = state[3]! - 1;
    const again = state[6]! > 0 && sinceMs - state[6]! < AGAIN_MS;
    state[8]!++;
    if (state[8]! < (again ? HOLD_FRAMES_AGAIN : HOLD_FRAMES)) return null;
    if (atMs - sinceMs < (again ? options.holdAgainMs : options.holdMs)) return null;
    const size = state[5]! - state[0]!;
    state[0] = state[5]!;
    state[3] = 0;
    state[6] = atMs + 1;
    state[7] = size;
    return { sinceMs, atMs, size };
  }

  private begin(atMs: number, side: number, mean: number): void {
    this.state[3] = atMs + 1;
    this.state[4] = side;
    this.state[5] = mean;
    this.state[8] = 0;
  }
}

/** Length of the frames that a recording is cut into, ms. */
const FRAME_MS = 5000;

/**
 * Settlement of a support in a recording of strain at it, as the bridge's watch sees it while it runs: every change of level that stayed.
 * @param timesMs ascending, any rate of about 0.2 Hz and more
 * @param strain of the same length, µm/m
 * @returns the steps in order; none where strain only moves with traffic and temperature
 */
export function supportSettlementSteps(
  timesMs: ArrayLike<number>,
  strain: ArrayLike<number>,
  options: LastingStepOptions = STRAIN_STEPS,
): LastingChange[] {
  const found: LastingChange[] = [];
  const steps = new LastingStep(new Float64Array(LastingStep.STATE_SIZE), options);
  let frame = NaN;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < timesMs.length; i++) {
    const at = Math.floor(timesMs[i]! / FRAME_MS);
    if (at !== frame) {
      const change = count > 0 ? steps.take((frame + 1) * FRAME_MS, sum / count) : null;
      if (change) found.push(change);
      frame = at;
      sum = 0;
      count = 0;
    }
    if (!Number.isFinite(strain[i]!)) continue;
    sum += strain[i]!;
    count++;
  }
  return found;
}
