import type { AlarmLimit, AlarmRule, Sensor } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import type { ReadingBlock } from '@lifeline/readings';

export type { Condition } from '@lifeline/alarms';

/**
 * The streaming detection engine: one pass, bounded state a sensor, no input or clock of its own. The engine of the next
 * stage implements the same interface.
 */
export interface DetectionEngine {
  /**
   * Registers or changes a sensor; its learned state stays. What a change takes away ends with the next feed or tick.
   * Sensors of one device, or behind one gateway, that fall silent together give one stale condition, of the one due first.
   */
  putSensor(sensor: Sensor, gatewayId?: string | null): void;
  removeSensor(sensorNo: number): void;
  /** Feeds a block; conditions that changed are pushed to `out`. Duplicates and bad readings teach nothing. */
  feed(block: ReadingBlock, out: Condition[]): void;
  /** Tells the time, so that silence can be seen. An earlier time than before is passed over. */
  tick(nowMs: number, out: Condition[]): void;
  /**
   * Takes over that a condition is on, where the log says so and the engine does not know it (its checkpoint was lost): the
   * readings to come will end it.
   */
  adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void;
  /** Whole state in one copy, good until the next call: its memory is used again. */
  checkpoint(): Uint8Array;
  /**
   * Call after the sensors were put: what belongs to sensors that are not registered is dropped.
   * @throws CheckpointFormatError where it is of another version or broken; the engine is then as it was
   */
  restore(checkpoint: Uint8Array): void;
  /** Readings passed over since the start: older than the newest of their sensor, or of a sensor nobody registered. */
  readonly passedOver: { readonly late: number; readonly unknown: number };
}
