import type { AlarmLimit, AlarmRule, Priority, Sensor } from '@lifeline/contracts';
import type { ReadingBlock } from '@lifeline/readings';

/**
 * What a detection engine gives to the alarm desk: that a condition became true, got worse or ended. Times are measured times
 * of readings (for silence: last reading + allowed silence), so that the same readings give the same conditions.
 */
export interface Condition {
  readonly sensorNo: number;
  readonly rule: AlarmRule;
  readonly change: 'begin' | 'worsen' | 'end';
  readonly limit: AlarmLimit;
  /** The limit's value in the sensor's unit; null where the rule has none. */
  readonly limitValue: number | null;
  readonly priority: Priority;
  /** Measured time at which the condition held (after the on-delay) or ended (after the off-delay). */
  readonly atMs: number;
  readonly value: number | null;
  readonly reason: { readonly en: string; readonly zh: string };
}

/**
 * The streaming detection engine: one pass, bounded state a sensor, no input or clock of its own. The engine of the next
 * stage implements the same interface.
 */
export interface DetectionEngine {
  /** Registers or changes a sensor; its learned state stays. */
  putSensor(sensor: Sensor): void;
  removeSensor(sensorNo: number): void;
  /** Feeds a block; conditions that changed are pushed to `out`. Duplicates and bad readings teach nothing. */
  feed(block: ReadingBlock, out: Condition[]): void;
  /** Tells the time, so that silence can be seen. Monotonic. */
  tick(nowMs: number, out: Condition[]): void;
  /** Whole state in one copy, and back. A state of another version is refused with an error. */
  checkpoint(): Uint8Array;
  restore(checkpoint: Uint8Array): void;
}
