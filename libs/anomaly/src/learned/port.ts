/** What operators read, in both languages. */
export interface LearnedWords {
  readonly en: string;
  readonly zh: string;
}

/** What the engine needs to know of a sensor. */
export interface LearnedSensor {
  readonly sensorNo: number;
  /** Smallest deviation that matters to people, in the sensor's unit; not negative. */
  readonly minDeviation: number;
  /** The same as a share of what is usual; 0 where `minDeviation` says all. */
  readonly minShare: number;
  /** How long a step must stay to be a finding. */
  readonly confirmMs: number;
  /** Usual time between readings; 0 where it reports events. */
  readonly intervalMs: number;
  /** A sensor that drives this one, e.g. air temperature or rain; it must be put too. */
  readonly covariateNo?: number | null;
  /** For the sentences. */
  readonly quantity: LearnedWords;
  readonly unit: LearnedWords;
  /** Decimals to show; null: four digits that count. */
  readonly decimals: number | null;
}

/**
 * - `spike`: single readings far away, back before they could be confirmed
 * - `step`: left the course of the last half hour, and stayed for the confirming time
 * - `rare-context`: a value that is usual, but not at this hour of this kind of day
 * - `level-shift`: hours lie on one side of what the hour of day usually has (two-sided CUSUM)
 * - `variance`: fluctuates by much more or much less than usual
 * - `drift`: days move away from the slow course (two-sided CUSUM of days)
 * - `stuck`: one value repeated far longer than ever
 * - `lost-season`: the daily course went missing
 */
export const LEARNED_TESTS = [
  'spike',
  'step',
  'rare-context',
  'level-shift',
  'variance',
  'drift',
  'stuck',
  'lost-season',
] as const;
export type LearnedTest = (typeof LEARNED_TESTS)[number];

/** What is usual at a time, with the band that readings rarely leave; in the sensor's unit. */
export interface Expectation {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A sensor has at most one finding open at a time; times of begin and end ascend. */
export interface LearnedFinding {
  readonly sensorNo: number;
  readonly test: LearnedTest;
  readonly change: 'begin' | 'end';
  /** 1 above what is usual, -1 below, 0 where the test has no side. */
  readonly side: -1 | 0 | 1;
  /** Measured time. */
  readonly atMs: number;
  readonly value: number;
  /** Null where it ends. */
  readonly expected: Expectation | null;
  /** Observed less expected, in robust standard deviations of the usual; null where it ends. */
  readonly residual: number | null;
  /** 0 to 1: 1 less the share of ordinary readings (for tests over hours: of ordinary days) that are as odd. Null where it ends. */
  readonly score: number | null;
  /** 0 to 1: how sure, given how much was learned. Null where it ends. */
  readonly confidence: number | null;
  readonly reason: LearnedWords;
}

/**
 * Of a reading: `good`; `limit-speaks`: good, but a limit of the sensor is on or was a moment ago, so that no finding begins;
 * `untrusted`: uncertain or bad, teaches nothing (that it repeats still counts).
 */
export type Standing = 'good' | 'limit-speaks' | 'untrusted';

/** What an operator or engineer says of the open, or the last, finding of a sensor. */
export type Verdict = 'new-normal' | 'false-alarm';

export interface LearnedOptions {
  /** Local time less UTC; Asia/Shanghai where not given. */
  readonly utcOffsetMs?: number;
  /** Kind of the local day that holds this moment; China's where not given. */
  readonly dayKind?: (atMs: number) => DayKind;
  /** Findings a sensor and year that its thresholds are held to; 0.5 where not given. */
  readonly findingsPerSensorYear?: number;
  /**
   * Findings of all sensors together in eight hours that the thresholds are held to; 48 where not given: one in ten minutes, the
   * long-term load of one operator that EEMUA 191 calls very likely to be acceptable.
   */
  readonly findingsPerShift?: number;
  /**
   * Asked before a finding begins that says by how much a value is off: whether that is known to have an ordinary cause (weather,
   * traffic, load). Such a finding does not begin, and is asked for again as long as it holds.
   * @param away observed less expected, in the sensor's unit, as a mean over about `overMs`
   */
  readonly isExplained?: (sensorNo: number, atMs: number, away: number, overMs: number) => boolean;
}

/** 0 working day, 1 day off, 2 holiday, which is a day off unlike others. */
export type DayKind = 0 | 1 | 2;

/**
 * Learns what is usual of each sensor while readings pass, once each, in a fixed number of bytes a sensor. Pure: no clock, no
 * chance; the same readings give the same findings, and a restored engine goes on as the one that was saved.
 */
export interface LearnedEngine {
  /**
   * Registers or changes a sensor; what was learned stays. Gives its row, good until it is removed.
   * @throws RangeError where a number of the sensor is negative or not finite
   */
  putSensor(sensor: LearnedSensor): number;
  removeSensor(sensorNo: number): void;
  /**
   * Takes a reading in; one not newer than the newest of its sensor, or not finite, teaches nothing. Gives its score: 0 to 1, above
   * p for a share 1 - p of ordinary readings, whatever their distribution; 0 while too little is learned.
   */
  take(row: number, atMs: number, value: number, standing: Standing, out: LearnedFinding[]): number;
  /** Null while too little is learned, or the sensor is unknown. */
  expected(sensorNo: number, atMs: number): Expectation | null;
  /**
   * `new-normal` takes the present level as usual at once and gives the finding's place in the budget back; `false-alarm` raises the
   * bar of that test of that sensor, which sinks again over months. Either ends an open finding.
   */
  feedback(sensorNo: number, verdict: Verdict, atMs: number, out: LearnedFinding[]): void;
  /** When the open finding of the sensor began; NaN where none is open. */
  beganAtMs(sensorNo: number): number;
  /** Takes over that a finding is open, where the log says so and the engine does not know it: readings to come end it. */
  adopt(sensorNo: number, sinceMs: number): void;
  /** The whole state as it lies in memory, without a copy: write it or copy it before the next call. */
  checkpoint(): Uint8Array;
  /**
   * Call after the sensors were put: what belongs to others is dropped.
   * @throws AnomalyCheckpointError where it is of another version or broken; the engine is then as it was
   */
  restore(checkpoint: Uint8Array): void;
  /** Bytes of state a sensor. */
  readonly bytesPerSensor: number;
}
