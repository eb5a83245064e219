import { sensorIdOf, type NewDevice, type Sensor, type Utility } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { createCircumstances, type Simulator } from '@lifeline/lifeline-kit';
import { QualityGate, type ReadingBlock } from '@lifeline/readings';
import { LIFELINES } from '../lifelines.js';
import { rounded } from '../publishing/bodies.js';
import type { GroundTruth } from '../scenario/ground-truth.js';
import { injectTruth } from '../scenario/runner.js';

/** Readings of a step, at most; a late gateway's hours come in several blocks. */
const MOST_READINGS = 16_384;
const STEP_MS = 1000;
/** Coarse trials still step often enough that a step's length says little about a delay. */
const LONGEST_STEP_MS = 15_000;
const TICK_MS = 10_000;

export interface PlayOptions {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  readonly seed: string | number;
  readonly startMs: number;
  readonly endMs: number;
  /** Multiplies all intervals, of the devices and of the registry alike, so that days pass in seconds. Default 1. */
  readonly intervalScale?: number;
  readonly truths?: readonly GroundTruth[];
}

/** What hears the readings: an engine, or several side by side. */
export interface Hearer {
  /** A block as ingest would append it: marked by quality, in order of arrival. Its columns are used again after the call. */
  feed(block: ReadingBlock): void;
  /** The clock, every ten seconds or each step where that is longer. */
  tick(nowMs: number): void;
}

export interface Played {
  readonly readings: number;
}

/** The sensors as the registry would have them: numbered from 1 in the devices' order, intervals scaled. */
export function sensorsOf(devices: readonly NewDevice[], intervalScale = 1): Sensor[] {
  let sensorNo = 0;
  return devices.flatMap(({ deviceId, utility, sensors }) =>
    sensors.map((sensor) => ({
      sensorId: sensorIdOf(deviceId, sensor.channel),
      sensorNo: ++sensorNo,
      deviceId,
      channel: sensor.channel,
      utility,
      name: sensor.name,
      unit: sensor.unit,
      lon: sensor.lon,
      lat: sensor.lat,
      assetId: sensor.assetId ?? null,
      type: sensor.type ?? null,
      intervalS: (sensor.intervalS ?? 60) * intervalScale,
      range: sensor.range ?? null,
      limits: { ...sensor.limits },
    })),
  );
}

/**
 * Plays the simulated city into a hearer without broker, log or clock: simulators, quality gate, blocks. A day of 800 sensors at
 * live intervals is some 15 million readings, at 30 times the interval half a million.
 */
export function play(options: PlayOptions, hearer: Hearer): Played {
  const { city, devices, startMs, endMs } = options;
  const intervalScale = options.intervalScale ?? 1;
  const seed = String(options.seed);
  const circumstances = createCircumstances(seed);
  const { weather, demand } = circumstances;
  const sensorById = new Map(sensorsOf(devices, intervalScale).map((sensor) => [sensor.sensorId, sensor]));
  const simulators = new Map<Utility, Simulator>();
  for (const lifeline of LIFELINES) {
    const own = devices.filter(({ utility }) => utility === lifeline.utility);
    simulators.set(lifeline.utility, lifeline.simulate(city, own, { seed, startMs, weather, demand, intervalScale }));
  }
  for (const truth of options.truths ?? []) injectTruth(truth, simulators, circumstances);
  const feeds = [...simulators.values()].map((simulator) => ({
    simulator,
    sensors: simulator.sensors.map(({ sensorId }) => sensorById.get(sensorId)!),
  }));
  const columns = new Columns();
  const stepMs = Math.min(LONGEST_STEP_MS, STEP_MS * intervalScale);
  let readings = 0;
  let tickedMs = -Infinity;
  for (let nowMs = startMs; nowMs <= endMs; nowMs += stepMs) {
    for (const { simulator, sensors } of feeds) {
      simulator.step(nowMs, (number, tMs, value) => {
        columns.push(sensors[number]!, tMs, rounded(value), nowMs);
        if (columns.count === MOST_READINGS) flush(nowMs);
      });
    }
    flush(nowMs);
    if (nowMs - tickedMs >= TICK_MS) {
      hearer.tick(nowMs);
      tickedMs = nowMs;
    }
  }
  return { readings };

  function flush(nowMs: number): void {
    if (columns.count === 0) return;
    readings += columns.count;
    hearer.feed(columns.take(nowMs));
  }
}

/** The columns of the block being made; one quality gate for the whole play, as one ingest has. */
class Columns {
  count = 0;
  private readonly gate = new QualityGate();
  private readonly sensorNo = new Uint32Array(MOST_READINGS);
  private readonly measuredAtMs = new Float64Array(MOST_READINGS);
  private readonly value = new Float64Array(MOST_READINGS);
  private readonly mark = new Uint8Array(MOST_READINGS);

  push(sensor: Sensor, measuredAtMs: number, value: number, nowMs: number): void {
    const at = this.count++;
    this.sensorNo[at] = sensor.sensorNo;
    this.measuredAtMs[at] = measuredAtMs;
    this.value[at] = value;
    this.mark[at] = this.gate.mark(sensor, measuredAtMs, value, nowMs, undefined);
  }

  take(arrivedAtMs: number): ReadingBlock {
    const { count } = this;
    this.count = 0;
    return {
      arrivedAtMs,
      inlet: 'trial',
      sensorNo: this.sensorNo.subarray(0, count),
      measuredAtMs: this.measuredAtMs.subarray(0, count),
      value: this.value.subarray(0, count),
      mark: this.mark.subarray(0, count),
    };
  }
}
