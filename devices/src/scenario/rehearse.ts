import type { AlarmLimit, NewDevice, NewSensor } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { createWeather, type Simulator } from '@lifeline/lifeline-kit';
import type { Utility } from '@lifeline/contracts';
import { LIFELINES } from '../lifelines.js';
import { ScenarioRunner } from './runner.js';
import type { Scenario } from './schema.js';

/** A limit passed for its on-delay. */
export interface Crossing {
  readonly sensorId: string;
  readonly type: string;
  readonly limit: AlarmLimit;
  readonly atMs: number;
  readonly value: number;
}

export interface RehearsalOptions {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  readonly seed: string | number;
  readonly startMs: number;
  readonly forS: number;
  /** Missing: a city in which nothing goes wrong. */
  readonly scenario?: Scenario;
  /** Multiplies all intervals, to rehearse days in seconds. */
  readonly intervalScale?: number;
}

export interface Rehearsal {
  readonly readings: number;
  readonly crossings: readonly Crossing[];
}

type Side = 'low-low' | 'low' | 'high' | 'high-high';
const STEP_MS = 1000;

/** Watches one sensor's limits with their on-delays, and its silence. */
class SensorWatch {
  private readonly since = new Map<Side, number>();
  private readonly told = new Set<AlarmLimit>();
  lastMs: number;

  constructor(
    private readonly sensorId: string,
    private readonly sensor: NewSensor,
    startMs: number,
    private readonly intervalMs: number,
  ) {
    this.lastMs = startMs;
  }

  reading(tMs: number, value: number, out: Crossing[]): void {
    const limits = this.sensor.limits ?? {};
    this.lastMs = tMs;
    this.told.delete('stale');
    this.judge('low-low', limits.lowLow != null && value < limits.lowLow, tMs, value, out);
    this.judge('low', limits.low != null && value < limits.low, tMs, value, out);
    this.judge('high', limits.high != null && value > limits.high, tMs, value, out);
    this.judge('high-high', limits.highHigh != null && value > limits.highHigh, tMs, value, out);
  }

  silence(tMs: number, out: Crossing[]): void {
    const staleMs = (this.sensor.limits?.staleAfterS ?? 0) * 1000 || Math.max(3 * this.intervalMs, 60_000);
    if (tMs - this.lastMs <= staleMs || this.told.has('stale')) return;
    this.tell('stale', this.lastMs + staleMs, NaN, out);
  }

  private judge(side: Side, passed: boolean, tMs: number, value: number, out: Crossing[]): void {
    if (!passed) {
      this.since.delete(side);
      this.told.delete(side);
      return;
    }
    const sinceMs = this.since.get(side) ?? tMs;
    this.since.set(side, sinceMs);
    if (tMs - sinceMs >= (this.sensor.limits?.onDelayS ?? 0) * 1000 && !this.told.has(side))
      this.tell(side, tMs, value, out);
  }

  private tell(limit: AlarmLimit, atMs: number, value: number, out: Crossing[]): void {
    this.told.add(limit);
    out.push({ sensorId: this.sensorId, type: this.sensor.type ?? '', limit, atMs, value });
  }
}

/**
 * Plays the simulated city without a broker and tells which limits were passed: whether a scenario does what it says, and
 * whether a city without one is quiet. It knows limits, on-delays and silence, no statistics.
 */
export function rehearse(options: RehearsalOptions): Rehearsal {
  const { city, devices, startMs } = options;
  const seed = String(options.seed);
  const weather = createWeather(seed);
  const intervalScale = options.intervalScale ?? 1;
  const simulators = new Map<Utility, Simulator>();
  const watches = new Map<Simulator, SensorWatch[]>();
  const sensors = new Map<string, NewSensor>(
    devices.flatMap(({ deviceId, sensors: own }) =>
      own.map((sensor) => [`${deviceId}/${sensor.channel}` as string, sensor] as const),
    ),
  );
  for (const lifeline of LIFELINES) {
    const own = devices.filter(({ utility }) => utility === lifeline.utility);
    const simulator = lifeline.simulate(city, own, { seed, startMs, weather, intervalScale });
    simulators.set(lifeline.utility, simulator);
    watches.set(
      simulator,
      simulator.sensors.map(
        (one) => new SensorWatch(one.sensorId, sensors.get(one.sensorId)!, startMs, one.intervalMs),
      ),
    );
  }
  const runner = options.scenario
    ? new ScenarioRunner(options.scenario, city, devices, simulators, startMs)
    : undefined;
  const crossings: Crossing[] = [];
  let readings = 0;
  const endMs = startMs + options.forS * 1000;
  for (let nowMs = startMs; nowMs <= endMs; nowMs += STEP_MS * intervalScale) {
    runner?.advance(nowMs);
    for (const [simulator, own] of watches) {
      simulator.step(nowMs, (sensor, tMs, value) => {
        readings++;
        own[sensor]!.reading(tMs, value, crossings);
      });
      for (const watch of own) watch.silence(nowMs, crossings);
    }
  }
  return { readings, crossings };
}
