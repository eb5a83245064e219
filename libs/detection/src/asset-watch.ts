import type { Asset, Evidence, Priority, Sensor, Verdict } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';

/** What a group or physics test found on an asset. */
export interface Finding {
  readonly rule: 'group' | 'physics';
  /** The test that spoke, e.g. `mass-balance`; a watch has at most one finding a test open at a time. */
  readonly test: string;
  readonly change: 'begin' | 'worsen' | 'end';
  /** The sensor that carries the finding; an end names the same as its begin. */
  readonly sensorNo: number;
  readonly priority: Priority;
  /** Measured time at which the finding held, or ended. Each later than the one before of the same test. */
  readonly atMs: number;
  /** Of the carrying sensor, in its unit. */
  readonly value: number | null;
  /** One sentence an operator understands: what, how much, where, and what it points to. */
  readonly reason: Words;
  /** Null only where it ends. */
  readonly evidence: Evidence | null;
}

/**
 * A test, or tests that share state, over the sensors of one asset or of assets that belong together (the two ends of a pipe, a
 * feeder's phases, a bridge's gauges). One pass, bounded state, no clock of its own; the same input gives the same findings.
 */
export interface AssetWatch {
  /** Unique over all watches and the same after a restart, e.g. `gas/mass-balance/gas-seg-0001`. */
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  /**
   * Takes a reading of one of its sensors that is finite and not bad. Times of one sensor ascend; those of different sensors need
   * not: each arrives when it arrives.
   */
  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void;
  /** The same, where the engine knows the place of the sensor in `sensorNos` (the last, where it is named twice): no look-up is left. */
  takeAt?(place: number, atMs: number, value: number, out: Finding[]): void;
  /**
   * Hears what a person said of a finding of its test. `new-normal`: what is now is usual; learned here, it does not come back once
   * the finding has ended. `false-alarm`: the engine asks more of that test for a while; a watch may do nothing.
   */
  feedback?(verdict: Verdict, test: string, atMs: number): void;
  /**
   * What is left of a sensor's newest value once all that the watch knows to move it (weather, traffic, load) is taken away, in the sensor's
   * unit; NaN where it cannot say. Nothing statistical is told of what is ordinary.
   * @param overMs what is asked for is the mean of about so long
   */
  unexplained?(sensorNo: number, atMs: number, overMs: number): number;
  /** Tells the time, for what only its passing shows. Never goes back. */
  tick(nowMs: number, out: Finding[]): void;
  /** All it has learned and what it has open, of one length for ever: copied out and in as it is. */
  readonly state: Float64Array;
}

/**
 * Makes the watches of a lifeline from its assets and their sensors; sensors and assets it has no use for are left out. It is given
 * those of one utility at a time, all of them.
 */
export type AssetWatchPlan = (assets: readonly Asset[], sensors: readonly Sensor[]) => AssetWatch[];
