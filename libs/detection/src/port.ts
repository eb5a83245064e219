import type { AlarmLimit, AlarmRule, Asset, Sensor, Verdict } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import type { ReadingBlock } from '@lifeline/readings';

export type { Condition } from '@lifeline/alarms';

/** Judges each sensor by its limits, rates and silence: one pass, bounded state a sensor, no input or clock of its own. */
export interface LimitEngine {
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
   * readings to come will end it. What a group or physics test found ends after hours in which no test finds it again.
   */
  adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void;
  /** Whole state in one copy, good until the next call: its memory is used again. */
  checkpoint(): Uint8Array;
  /**
   * Call after the sensors (and assets) were put: what belongs to none that is registered is dropped.
   * @throws CheckpointFormatError where it is of another version or broken; the engine is then as it was
   */
  restore(checkpoint: Uint8Array): void;
  /** Readings passed over since the start: older than the newest of their sensor, or of a sensor nobody registered. */
  readonly passedOver: { readonly late: number; readonly unknown: number };
}

/** The streaming detection engine: limits, what each sensor has learned, and the watches of assets. */
export interface DetectionEngine extends LimitEngine {
  /** Takes in what a person said of an alarm; the condition that this ends is pushed to `out`. */
  feedback(feedback: Feedback, out: Condition[]): void;
  /** Replaces all assets; the watches are made anew with the next feed or tick, and go on with what they know. */
  putAssets(assets: readonly Asset[]): void;
  readonly figures: DetectionFigures;
}

/** What was counted since the start. */
export interface DetectionFigures {
  /** Readings that came in, duplicates too. */
  readonly readings: number;
  /** Findings begun, by test, those too that another finding of the same sensor held back. */
  readonly findings: ReadonlyMap<string, number>;
  /** Watches at work. */
  readonly watches: number;
  /** Watches set aside because they threw. */
  readonly setAside: number;
}

/** What a person said of an alarm of a learned, group or physics rule. */
export interface Feedback {
  readonly sensorNo: number;
  readonly rule: AlarmRule;
  /** `new-normal`: what is now is usual from now on. `false-alarm`: nothing was wrong; be surer next time. */
  readonly verdict: Verdict;
  readonly atMs: number;
}
