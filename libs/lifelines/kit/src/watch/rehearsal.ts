import type { Asset, NewDevice, Sensor } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import type { AssetWatch, AssetWatchPlan, Finding } from '@lifeline/detection';
import type { Fault } from '../fault-book.js';
import type { Lifeline, SimulationOptions } from '../lifeline.js';

const MINUTE_MS = 60_000;

/** Sensors of planned devices, as the registry would number them: from 1; `intervalScale` as the simulator has it. */
export function sensorsOf(devices: readonly NewDevice[], intervalScale = 1): Sensor[] {
  return devices
    .flatMap((device) => device.sensors.map((sensor) => ({ device, sensor })))
    .map(({ device, sensor }, i) => ({
      sensorId: `${device.deviceId}/${sensor.channel}`,
      sensorNo: i + 1,
      deviceId: device.deviceId,
      channel: sensor.channel,
      utility: device.utility,
      name: sensor.name,
      unit: sensor.unit,
      lon: sensor.lon,
      lat: sensor.lat,
      assetId: sensor.assetId ?? null,
      type: sensor.type ?? null,
      intervalS: (sensor.intervalS ?? 60) * intervalScale,
      range: sensor.range ?? null,
      limits: sensor.limits ?? {},
    }));
}

/** As much of a simulator as a rehearsal needs. */
export interface Rehearsed {
  readonly sensors: readonly { readonly sensorId: string }[];
  step(tMs: number, emit: (sensor: number, tMs: number, value: number) => void): void;
}

/** What a watch found, with the id of the sensor that carries it. */
export interface Heard extends Finding {
  readonly watchId: string;
  readonly sensorId: string;
}

interface Route {
  readonly watch: AssetWatch;
  readonly place: number;
}

const NO_ROUTES: readonly Route[] = [];

/** Watches of a plan fed from a simulator, as the detector would, and what they found; they can be made anew with their states. */
export class Rehearsal {
  readonly findings: Heard[] = [];
  readonly watches: AssetWatch[];
  private readonly bySensor = new Map<number, Route[]>();
  private readonly found: Finding[] = [];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly ids: ReadonlyMap<number, string>;

  constructor(
    private readonly plan: AssetWatchPlan,
    private readonly assets: readonly Asset[],
    private readonly sensors: readonly Sensor[],
    keep: (watchId: string) => boolean = () => true,
  ) {
    this.watches = plan(assets, sensors).filter(({ watchId }) => keep(watchId));
    this.numbers = new Map(sensors.map(({ sensorId, sensorNo }) => [sensorId, sensorNo]));
    this.ids = new Map(sensors.map(({ sensorId, sensorNo }) => [sensorNo, sensorId]));
    this.place();
  }

  /** Steps the simulator to `untilMs` and feeds what it gives; a tick each step. */
  run(simulator: Rehearsed, fromMs: number, untilMs: number, tickMs = MINUTE_MS): void {
    const numbers = simulator.sensors.map(({ sensorId }) => this.numbers.get(sensorId) ?? 0);
    for (let atMs = fromMs + tickMs; atMs <= untilMs; atMs += tickMs) {
      simulator.step(atMs, (sensor, tMs, value) => {
        for (const { watch, place } of this.bySensor.get(numbers[sensor]!) ?? NO_ROUTES) {
          if (watch.takeAt) watch.takeAt(place, tMs, value, this.found);
          else watch.take(numbers[sensor]!, tMs, value, this.found);
          this.collect(watch);
        }
      });
      for (const watch of this.watches) {
        watch.tick(atMs, this.found);
        this.collect(watch);
      }
    }
  }

  /** As after a restart: new watches with the old ones' states. */
  restart(): void {
    const states = new Map(this.watches.map(({ watchId, state }) => [watchId, Float64Array.from(state)]));
    const fresh = this.plan(this.assets, this.sensors).filter(({ watchId }) => states.has(watchId));
    this.watches.splice(0, this.watches.length, ...fresh);
    for (const watch of fresh) watch.state.set(states.get(watch.watchId)!);
    this.place();
  }

  /** `test change sensorId` of all findings. */
  told(): string[] {
    return this.findings.map(({ test, change, sensorId }) => `${test} ${change} ${sensorId}`);
  }

  private place(): void {
    this.bySensor.clear();
    for (const watch of this.watches) {
      // A sensor that a watch names twice is at the last of its places, as the engine has it.
      for (const [sensorNo, place] of new Map(watch.sensorNos.map((no, place) => [no, place]))) {
        const list = this.bySensor.get(sensorNo);
        if (list) list.push({ watch, place });
        else this.bySensor.set(sensorNo, [{ watch, place }]);
      }
    }
  }

  private collect({ watchId }: AssetWatch): void {
    if (this.found.length === 0) return;
    for (const finding of this.found.splice(0))
      this.findings.push({ ...finding, watchId, sensorId: this.ids.get(finding.sensorNo) ?? '' });
  }
}

export interface RehearsalOptions {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  readonly options: SimulationOptions;
  readonly hours: number;
  readonly faults?: readonly Fault[];
  /** Between two ticks of the watches; default a minute. */
  readonly tickMs?: number;
}

/** Runs a lifeline's watches over its own simulation from start to end, and gives what they found. */
export function rehearse(
  lifeline: Pick<Lifeline, 'simulate'>,
  plan: AssetWatchPlan,
  { city, devices, options, hours, faults = [], tickMs = MINUTE_MS }: RehearsalOptions,
): readonly Heard[] {
  const rehearsal = new Rehearsal(plan, city.assets, sensorsOf(devices));
  const simulator = lifeline.simulate(city, devices, options);
  for (const fault of faults) simulator.inject(fault);
  rehearsal.run(simulator, options.startMs, options.startMs + hours * 3_600_000, tickMs);
  return rehearsal.findings;
}
