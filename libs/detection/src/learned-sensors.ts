import type { Evidence, Priority, Sensor } from '@lifeline/contracts';
import { createLearnedEngine, type LearnedFinding, type LearnedOptions, type LearnedTest } from '@lifeline/anomaly';
import { channelType, PRIORITY_OF_LIMIT } from '@lifeline/catalogue';
import type { Condition } from '@lifeline/alarms';
import { storableEvidence } from './evidence.js';
import { NumberIndex } from './number-index.js';
import type { Feedback } from './port.js';
import { noLongerWatched } from './sentences.js';
import { watchOf } from './watch.js';

/** What the sensor itself says wrong is its keeper's matter, as silence is; what the process does is the operator's. */
const OF_THE_DEVICE: readonly LearnedTest[] = ['spike', 'stuck'];

/**
 * The statistical rule: each sensor against its own past, by the learned engine of the anomaly library. Its findings become
 * conditions with their evidence. Sensors whose ordinary days jump (the catalogue gives them no smallest deviation) are left out.
 */
export class LearnedSensors {
  private readonly engine;
  private readonly rows = new NumberIndex();
  private readonly sensorIds = new Map<number, string>();
  private readonly found: LearnedFinding[] = [];
  readonly begun = new Map<string, number>();

  constructor(options: LearnedOptions) {
    this.engine = createLearnedEngine(options);
  }

  /** What a change takes away ends at once. */
  put(sensor: Sensor, out: Condition[]): void {
    const { sensorNo } = sensor;
    const watch = watchOf(sensor);
    if (Number.isNaN(watch.minDeviation)) {
      const beganMs = this.engine.beganAtMs(sensorNo);
      if (!Number.isNaN(beganMs)) out.push(ended(sensorNo, beganMs + 1, null, noLongerWatched(watch)));
      this.remove(sensorNo);
      return;
    }
    const isEventful = channelType(sensor.type)?.intervalS === null;
    const { minDeviation, minShare, confirmMs, quantity, unit, decimals } = watch;
    const intervalMs = isEventful ? 0 : sensor.intervalS * 1000;
    const learned = { sensorNo, minDeviation, minShare, confirmMs, intervalMs, quantity, unit, decimals };
    this.rows.set(sensorNo, this.engine.putSensor(learned));
    this.sensorIds.set(sensorNo, sensor.sensorId);
  }

  remove(sensorNo: number): void {
    if (this.rows.get(sensorNo) < 0) return;
    this.rows.delete(sensorNo);
    this.sensorIds.delete(sensorNo);
    this.engine.removeSensor(sensorNo);
  }

  /** Takes a reading that is finite, in order of its sensor. */
  take(
    sensorNo: number,
    atMs: number,
    value: number,
    standing: 'good' | 'limit-speaks' | 'untrusted',
    out: Condition[],
  ): void {
    const row = this.rows.get(sensorNo);
    if (row < 0) return;
    this.engine.take(row, atMs, value, standing, this.found);
    if (this.found.length > 0) this.hand(out);
  }

  feedback({ sensorNo, rule, verdict, atMs }: Feedback, out: Condition[]): void {
    if (rule !== 'statistical') return;
    this.engine.feedback(sensorNo, verdict, atMs, this.found);
    this.hand(out);
  }

  adopt(sensorNo: number, sinceMs: number): void {
    if (this.rows.get(sensorNo) >= 0) this.engine.adopt(sensorNo, sinceMs);
  }

  checkpoint(): Uint8Array {
    return this.engine.checkpoint();
  }

  /** @throws AnomalyCheckpointError where it is of another version; what was learned is then as it was */
  restore(checkpoint: Uint8Array): void {
    this.engine.restore(checkpoint);
  }

  private hand(out: Condition[]): void {
    for (const finding of this.found) out.push(this.condition(finding));
    this.found.length = 0;
  }

  private condition(finding: LearnedFinding): Condition {
    const { sensorNo, test, change, atMs, value, reason } = finding;
    if (change === 'end') return ended(sensorNo, atMs, value, reason);
    this.begun.set(test, (this.begun.get(test) ?? 0) + 1);
    return { ...base(sensorNo, atMs, value, reason), change, priority: priorityOf(test), evidence: this.why(finding) };
  }

  private why({ sensorNo, test, value, expected, residual, score, confidence }: LearnedFinding): Evidence {
    const sensorId = this.sensorIds.get(sensorNo)!;
    const rarity =
      score === null ? [] : [{ name: { en: 'Odder than', zh: '异常程度超过' }, value: score * 100, unit: '%' }];
    const carriers = [{ sensorId, share: 1, value, expected: expected?.value ?? null }];
    return storableEvidence({ test, expected, residual, carriers, confidence, location: null, figures: rarity });
  }
}

function priorityOf(test: LearnedTest): Priority {
  return PRIORITY_OF_LIMIT[OF_THE_DEVICE.includes(test) ? 'stale' : 'band'];
}

function ended(sensorNo: number, atMs: number, value: number | null, reason: Condition['reason']): Condition {
  return { ...base(sensorNo, atMs, value, reason), change: 'end', priority: PRIORITY_OF_LIMIT.band };
}

function base(sensorNo: number, atMs: number, value: number | null, reason: Condition['reason']) {
  return { sensorNo, rule: 'statistical', limit: 'band', limitValue: null, atMs, value, reason } as const;
}
