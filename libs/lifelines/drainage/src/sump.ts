/** Levels of a sump above its floor, m; they are the sensor's limits too. */
export const SUMP = {
  dryStopM: 0.4,
  /** Low alarm: under the level at which the pumps stop. */
  lowM: 0.7,
  stopM: 1.1,
  startM: 2.3,
  /** High alarm: the duty pump runs and the level still rises. */
  highM: 3.0,
  allOnM: 3.6,
  rimM: 5.2,
} as const;

/** A pump station's sump: water comes in all the time, and the pump starts and stops by level. */
export class Sump {
  private running = false;

  constructor(private level: number) {}

  get levelM(): number {
    return this.level;
  }

  /**
   * One step.
   * @param inflow 1 fills the sump by 0.12 m in a minute
   * @param pumps whether they can run
   * @param worn share of what they lifted when new that is lost
   */
  step(minutes: number, inflow: number, pumps: 'ready' | 'failed', worn = 0): void {
    if (pumps === 'failed') this.running = false;
    else if (this.level >= SUMP.startM) this.running = true;
    else if (this.level <= SUMP.stopM) this.running = false;
    const asNew = Math.max(0.45, 0.12 * inflow * 1.8) * (this.level > SUMP.highM ? 2 : 1);
    const out = this.running ? asNew * (1 - worn) : 0;
    this.level = Math.min(SUMP.rimM, Math.max(0.1, this.level + minutes * (0.12 * inflow - out)));
  }
}
