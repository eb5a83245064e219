import type { Evidence, Priority } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';

/** What a test has to say while it finds something. */
export interface Judged {
  readonly sensorNo: number;
  readonly value: number;
  readonly priority: Priority;
  readonly reason: { readonly en: string; readonly zh: string };
  readonly evidence: Evidence;
}

export interface FindingLifeOptions {
  /** The test's name, unique in its watch. */
  readonly test: string;
  /** How long a level must hold before it is told, ms; for the levels 1, 2, 3, the last for the rest. */
  readonly onDelayMs: readonly number[];
  /** How long all must be well before it ends, ms. */
  readonly offDelayMs: number;
}

const LEVELS = 3;

/**
 * The life of a test's one finding: from a level judged again and again to begin, worsen and end, each once, with delays that
 * keep a brief excess, and a brief calm, untold. Levels: 0 nothing wrong, 3 the worst.
 */
export class FindingLife {
  /** Open level, carrier, last told, calm since, and since when each level holds; times + 1, so that 0 is "never". */
  static readonly STATE_SIZE = 4 + LEVELS;

  constructor(
    private readonly state: Float64Array,
    private readonly options: FindingLifeOptions,
  ) {}

  /** Level that is open; 0 where none is. */
  get level(): number {
    return this.state[0]!;
  }

  /** True where a level holds but its delay has not passed, or is open: what is measured now teaches nothing of the usual. */
  get suspects(): boolean {
    return this.state[0]! > 0 || this.state[4]! > 0;
  }

  /**
   * Judges the level at a time; `describe` is asked only when there is something to tell.
   * @param atMs measured time; times ascend
   */
  judge(level: number, atMs: number, out: Finding[], describe: (level: number) => Judged): void {
    const { state, options } = this;
    for (let i = 1; i <= LEVELS; i++) {
      if (level < i) state[3 + i] = 0;
      else if (state[3 + i] === 0) state[3 + i] = atMs + 1;
    }
    const open = state[0]!;
    let reached = 0;
    for (let i = 1; i <= level; i++) {
      const delayMs = options.onDelayMs[Math.min(i, options.onDelayMs.length) - 1]!;
      if (atMs + 1 - state[3 + i]! >= delayMs) reached = i;
    }
    if (reached > open) {
      const judged = describe(reached);
      const told = this.tell(atMs);
      if (open === 0) state[1] = judged.sensorNo;
      state[0] = reached;
      state[3] = 0;
      out.push({
        rule: 'physics',
        test: options.test,
        change: open === 0 ? 'begin' : 'worsen',
        sensorNo: state[1]!,
        priority: judged.priority,
        atMs: told,
        value: Number.isFinite(judged.value) ? judged.value : null,
        reason: judged.reason,
        evidence: judged.evidence,
      });
      return;
    }
    if (open === 0) return;
    if (level > 0) {
      state[3] = 0;
      return;
    }
    if (state[3] === 0) state[3] = atMs + 1;
    if (atMs + 1 - state[3]! >= options.offDelayMs) this.end(atMs, out);
  }

  /** Ends what is open now, e.g. because its cause was found elsewhere. */
  end(atMs: number, out: Finding[]): void {
    const { state, options } = this;
    if (state[0] === 0) return;
    const carrier = state[1]!;
    const told = this.tell(atMs);
    state[0] = 0;
    state[3] = 0;
    state.fill(0, 4);
    out.push({
      rule: 'physics',
      test: options.test,
      change: 'end',
      sensorNo: carrier,
      priority: 'blue',
      atMs: told,
      value: null,
      reason: { en: 'Back to the usual.', zh: '已恢复正常。' },
      evidence: null,
    });
  }

  private tell(atMs: number): number {
    const told = Math.max(atMs, this.state[2]!);
    this.state[2] = told + 1;
    return told;
  }
}
