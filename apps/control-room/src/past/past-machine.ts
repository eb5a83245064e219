import { Cell } from '../live/cell.js';
import type { PastCity } from './past-city.js';
import type { PastSource } from './past-source.js';

export const SPEEDS = [1, 2, 5, 10, 30, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** The past moment that is shown, and how it goes on. */
export interface PastState {
  readonly atMs: number;
  readonly speed: Speed;
  readonly isPlaying: boolean;
  /** What is shown is not yet of `atMs`. */
  readonly isLoading: boolean;
  /** Why the past could not be read; undefined where it could. */
  readonly fault: unknown;
}

/** How often the picture goes on while it plays: as often as the page's clocks tick. */
const TICK_MS = 1000;

interface Hooks {
  readonly nowMs: () => number;
  /** The past has caught up with the present. */
  onCaughtUp(): void;
  /** Calls back after so long; gives what stops it. */
  after(ms: number, act: () => void): () => void;
}

/**
 * Plays the past into a city. One question is under way at a time: where the server is slow, the past plays slower than asked for and
 * leaves nothing out.
 */
export class PastMachine {
  readonly state: Cell<PastState>;
  private asking: AbortController | undefined;
  private stopTimer: (() => void) | undefined;
  private stopped = false;

  constructor(
    readonly city: PastCity,
    private readonly source: PastSource,
    private readonly hooks: Hooks,
    startMs: number,
  ) {
    this.state = new Cell<PastState>({ atMs: startMs, speed: 1, isPlaying: false, isLoading: true, fault: undefined });
    void this.seek(startMs);
  }

  /** Goes to a moment; resolves once it is shown, or another was asked for. */
  async seek(atMs: number): Promise<void> {
    if (atMs >= this.hooks.nowMs()) return this.hooks.onCaughtUp();
    this.put({ atMs, isLoading: true, fault: undefined });
    await this.ask(async (signal) => {
      const { values, alarms } = await this.source.snapshot(atMs, signal);
      if (signal.aborted) return;
      this.city.reset(atMs, values, alarms);
      this.put({ isLoading: false });
    });
    return undefined;
  }

  play(): void {
    if (this.state.get().isPlaying) return;
    this.put({ isPlaying: true });
    if (this.asking === undefined) this.goOn();
  }

  pause(): void {
    this.put({ isPlaying: false });
    this.stopTimer?.();
    this.stopTimer = undefined;
  }

  setSpeed(speed: Speed): void {
    this.put({ speed });
  }

  /** Goes so far on, or back where it is negative. */
  step(byMs: number): void {
    this.pause();
    const { atMs, isLoading } = this.state.get();
    if (byMs < 0 || isLoading || this.asking !== undefined) void this.seek(atMs + byMs);
    else void this.advance(byMs);
  }

  stop(): void {
    this.stopped = true;
    this.pause();
    this.asking?.abort();
  }

  private goOn(): void {
    const { isPlaying, isLoading, fault, speed } = this.state.get();
    if (!isPlaying || this.stopped || this.stopTimer !== undefined) return;
    if (isLoading || fault !== undefined) return;
    this.stopTimer = this.hooks.after(TICK_MS, () => {
      this.stopTimer = undefined;
      void this.advance(TICK_MS * speed);
    });
  }

  private async advance(byMs: number): Promise<void> {
    const { atMs } = this.state.get();
    const untilMs = atMs + byMs;
    if (untilMs >= this.hooks.nowMs()) return this.hooks.onCaughtUp();
    await this.ask(async (signal) => {
      const changes = await this.source.changes(atMs, untilMs, signal);
      if (signal.aborted) return;
      this.city.advance(changes.untilMs, changes.values, changes.transitions);
      this.put({ atMs: changes.untilMs, fault: undefined });
    });
    return undefined;
  }

  /** Asks one question in place of the one under way, and goes on playing after it. */
  private async ask(question: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.asking?.abort();
    this.stopTimer?.();
    this.stopTimer = undefined;
    const mine = new AbortController();
    this.asking = mine;
    try {
      await question(mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return;
      this.put({ fault: error, isPlaying: false });
    } finally {
      if (this.asking === mine) this.asking = undefined;
    }
    if (!mine.signal.aborted) this.goOn();
  }

  private put(change: Partial<PastState>): void {
    if (!this.stopped) this.state.set({ ...this.state.get(), ...change });
  }
}
