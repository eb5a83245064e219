import type { ValueAt } from '@lifeline/lifeline-kit';
import { linePackM3 } from './physics/line-pack.js';

const STEP_MS = 20_000;
const HOURS = STEP_MS / 3_600_000;
/** The station's regulator opens the further the more its outlet falls; so long it takes to be where it should be. */
const REGULATES_HOURS = 0.15;
/** After a longer pause the pipes are as full as the station holds them. */
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/**
 * Gas in the pipes behind one gate station. The station lets in what holds its outlet pressure but takes nothing back: where the pipes
 * should empty faster than gas is drawn from them, its valve is shut, and they stay fuller until it is drawn. No gas is lost or made.
 */
export class PipeStock {
  private atMs = NaN;
  private heldM3 = 0;
  /** More than the station would hold: at the last step and the one before, m3. */
  private surplusM3 = 0;
  private surplusBeforeM3 = 0;
  private flowM3h = 0;

  /**
   * @param wantedM3 in the pipes at the pressure that the station would hold
   * @param takenM3h drawn, leaked or stolen from the pipes
   */
  constructor(
    private readonly wantedM3: ValueAt,
    private readonly takenM3h: ValueAt,
  ) {}

  /** Through the station, m3/h, never negative. */
  inflowM3h(tMs: number): number {
    this.advance(tMs);
    return this.flowM3h;
  }

  /** Pressure over what the station would hold, kPa. */
  surplusKpa(tMs: number, volumeM3: number): number {
    this.advance(tMs);
    if (volumeM3 === 0) return 0;
    const share = Math.min(1, Math.max(0, 1 - (this.atMs - tMs) / STEP_MS));
    const surplusM3 = this.surplusBeforeM3 + (this.surplusM3 - this.surplusBeforeM3) * share;
    return surplusM3 / linePackM3(volumeM3, 1);
  }

  private advance(tMs: number): void {
    if (tMs <= this.atMs) return;
    if (!(tMs - this.atMs <= LONGEST_PAUSE_MS)) {
      this.atMs = tMs;
      this.heldM3 = this.wantedM3(tMs);
      this.surplusM3 = this.surplusBeforeM3 = 0;
      this.flowM3h = this.takenM3h(tMs);
    }
    while (this.atMs < tMs) this.step();
  }

  private step(): void {
    // What leaks depends on the pressure, which asks for the surplus again: of the step before, since this one is taken.
    this.atMs += STEP_MS;
    this.surplusBeforeM3 = this.surplusM3;
    const taken = this.takenM3h(this.atMs);
    const wanted = this.wantedM3(this.atMs);
    const fills = (wanted + this.surplusM3 - this.heldM3) / HOURS;
    this.flowM3h = Math.max(0, taken + fills - this.surplusM3 / REGULATES_HOURS);
    this.heldM3 += (this.flowM3h - taken) * HOURS;
    this.surplusM3 = this.heldM3 - wanted;
  }
}
