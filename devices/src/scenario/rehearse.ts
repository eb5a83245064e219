import type { AlarmLimit, NewDevice, NewSensor } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { createCircumstances, type SimulatedSensor, type Simulator } from '@lifeline/lifeline-kit';
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
  /** In order of time. */
  readonly crossings: readonly Crossing[];
}

type Side = 'low-low' | 'low' | 'high' | 'high-high';
const SIDES: readonly Side[] = ['low-low', 'low', 'high', 'high-high'];
const STEP_MS = 1000;

/** Watches one sensor's limits with their on-delays, and its silence. */
class SensorWatch {
  /** Since when each side is passed, NaN where it is not; Infinity once it was told. */
  private readonly since = [NaN, NaN, NaN, NaN];
  private readonly limits: readonly number[];
  private readonly onDelayMs: number;
  private readonly staleMs: number;
  private lastMs: number;
  private isOut = false;

  constructor(
    private readonly sensorId: string,
    private readonly type: string,
    { limits }: NewSensor,
    startMs: number,
    intervalMs: number,
  ) {
    this.limits = [limits?.lowLow, limits?.low, limits?.high, limits?.highHigh].map((limit) => limit ?? NaN);
    this.onDelayMs = (limits?.onDelayS ?? 0) * 1000;
    this.staleMs = (limits?.staleAfterS ?? 0) * 1000 || Math.max(3 * intervalMs, 60_000);
    this.lastMs = startMs;
  }

  reading(tMs: number, value: number, out: Crossing[]): void {
    this.silence(tMs, out);
    this.lastMs = tMs;
    const [lowLow, low, high, highHigh] = this.limits as [number, number, number, number];
    // Comparisons with NaN are false: no limit.
    const passes = value < low || value > high || value < lowLow || value > highHigh;
    if (!passes && !this.isOut) return;
    this.isOut = passes;
    this.judge(0, value < lowLow, tMs, value, out);
    this.judge(1, value < low, tMs, value, out);
    this.judge(2, value > high, tMs, value, out);
    this.judge(3, value > highHigh, tMs, value, out);
  }

  /** Tells a silence that has lasted up to `tMs`; call with each reading's time and at the end. */
  silence(tMs: number, out: Crossing[]): void {
    if (tMs - this.lastMs > this.staleMs) this.tell('stale', this.lastMs + this.staleMs, NaN, out);
  }

  private judge(side: number, passed: boolean, tMs: number, value: number, out: Crossing[]): void {
    if (!passed) {
      this.since[side] = NaN;
      return;
    }
    if (Number.isNaN(this.since[side]!)) this.since[side] = tMs;
    if (tMs - this.since[side]! < this.onDelayMs) return;
    this.since[side] = Infinity;
    this.tell(SIDES[side]!, tMs, value, out);
  }

  private tell(limit: AlarmLimit, atMs: number, value: number, out: Crossing[]): void {
    out.push({ sensorId: this.sensorId, type: this.type, limit, atMs, value });
  }
}

/**
 * Plays the simulated city without a broker and tells which limits were passed: whether a scenario does what it says, and
 * whether a city without one is quiet. It knows limits, on-delays and silence, no statistics.
 */
export function rehearse(options: RehearsalOptions): Rehearsal {
  const { city, devices, startMs } = options;
  const seed = String(options.seed);
  const circumstances = createCircumstances(seed);
  const { weather, demand } = circumstances;
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
    const simulator = lifeline.simulate(city, own, { seed, startMs, weather, demand, intervalScale });
    simulators.set(lifeline.utility, simulator);
    watches.set(
      simulator,
      simulator.sensors.map((one) => watchOf(one, sensors.get(one.sensorId)!, startMs)),
    );
  }
  const runner = options.scenario
    ? new ScenarioRunner(options.scenario, city, devices, simulators, circumstances, startMs)
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
    }
  }
  for (const own of watches.values()) for (const watch of own) watch.silence(endMs, crossings);
  return { readings, crossings: crossings.sort((a, b) => a.atMs - b.atMs) };
}

function watchOf({ sensorId, intervalMs }: SimulatedSensor, sensor: NewSensor, startMs: number): SensorWatch {
  return new SensorWatch(sensorId, sensor.type ?? '', sensor, startMs, intervalMs);
}
