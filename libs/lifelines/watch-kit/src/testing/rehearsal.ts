import type { Asset, NewDevice, Sensor } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan, Finding } from '@lifeline/detection';

/** As much of a simulator as a rehearsal needs. */
export interface Rehearsed {
  readonly sensors: readonly { readonly sensorId: string }[];
  step(tMs: number, emit: (sensor: number, tMs: number, value: number) => void): void;
}

export interface TestFinding extends Finding {
  readonly watchId: string;
}

/** The registry's sensors of planned devices, numbered as they come; `intervalScale` as the simulator has it. */
export function sensorsOf(devices: readonly NewDevice[], intervalScale = 1): Sensor[] {
  return devices
    .flatMap((device) => device.sensors.map((sensor) => ({ device, sensor })))
    .map(({ device, sensor }, sensorNo) => ({
      sensorId: `${device.deviceId}/${sensor.channel}`,
      sensorNo,
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

interface Route {
  readonly watch: AssetWatch;
  readonly place: number;
}

const NO_ROUTES: readonly Route[] = [];

/** Watches of a plan fed from a simulator, each with what it found; a watch can be replaced by a fresh one with its state. */
export class Rehearsal {
  readonly findings: TestFinding[] = [];
  readonly watches: AssetWatch[];
  private readonly bySensor = new Map<number, Route[]>();
  private readonly found: Finding[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly plan: AssetWatchPlan,
    private readonly assets: readonly Asset[],
    readonly sensors: readonly Sensor[],
    keep: (watchId: string) => boolean = () => true,
  ) {
    this.watches = plan(assets, sensors).filter(({ watchId }) => keep(watchId));
    for (const { sensorId, sensorNo } of sensors) this.numbers.set(sensorId, sensorNo);
    this.place();
  }

  /** Steps the simulator to `untilMs` and feeds what it gives; a tick each minute. */
  run(simulator: Rehearsed, fromMs: number, untilMs: number): void {
    const numbers = simulator.sensors.map(({ sensorId }) => this.numbers.get(sensorId)!);
    for (let atMs = fromMs + 60_000; atMs <= untilMs; atMs += 60_000) {
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
    return this.findings.map(({ test, change, sensorNo }) => `${test} ${change} ${this.sensors[sensorNo]!.sensorId}`);
  }

  private place(): void {
    this.bySensor.clear();
    for (const watch of this.watches) {
      watch.sensorNos.forEach((sensorNo, place) => {
        const list = this.bySensor.get(sensorNo);
        if (list) list.push({ watch, place });
        else this.bySensor.set(sensorNo, [{ watch, place }]);
      });
    }
  }

  private collect({ watchId }: AssetWatch): void {
    if (this.found.length === 0) return;
    for (const finding of this.found.splice(0)) this.findings.push({ ...finding, watchId });
  }
}
