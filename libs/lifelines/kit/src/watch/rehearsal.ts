import type { Asset, NewDevice, Sensor } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import type { AssetWatch, Finding } from '@lifeline/detection';
import type { Fault } from '../fault-book.js';
import type { Lifeline, SimulationOptions } from '../lifeline.js';

/** Sensors of planned devices, as the registry would number them. */
export function sensorsOf(devices: readonly NewDevice[]): Sensor[] {
  const sensors: Sensor[] = [];
  for (const device of devices) {
    for (const planned of device.sensors) {
      sensors.push({
        sensorId: `${device.deviceId}/${planned.channel}`,
        sensorNo: sensors.length + 1,
        deviceId: device.deviceId,
        channel: planned.channel,
        utility: device.utility,
        name: planned.name,
        unit: planned.unit,
        lon: planned.lon,
        lat: planned.lat,
        assetId: planned.assetId ?? null,
        type: planned.type ?? null,
        intervalS: planned.intervalS ?? 60,
        range: planned.range ?? null,
        limits: planned.limits ?? {},
      });
    }
  }
  return sensors;
}

export interface Rehearsal {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  readonly options: SimulationOptions;
  readonly hours: number;
  readonly faults?: readonly Fault[];
  /** Between two ticks of the watches; default a minute. */
  readonly tickMs?: number;
}

export interface Heard extends Finding {
  readonly watchId: string;
  readonly sensorId: string;
}

/** Runs a lifeline's watches over its own simulation, as the detector would, and gives what they found. */
export function rehearse(
  lifeline: Pick<Lifeline, 'simulate'>,
  plan: (assets: readonly Asset[], sensors: readonly Sensor[]) => AssetWatch[],
  { city, devices, options, hours, faults = [], tickMs = 60_000 }: Rehearsal,
): Heard[] {
  const sensors = sensorsOf(devices);
  const numbers = new Map(sensors.map(({ sensorId, sensorNo }) => [sensorId, sensorNo]));
  const watches = plan(city.assets, sensors);
  const bySensor = new Map<number, AssetWatch[]>();
  for (const watch of watches) {
    for (const sensorNo of watch.sensorNos) bySensor.set(sensorNo, [...(bySensor.get(sensorNo) ?? []), watch]);
  }
  const simulator = lifeline.simulate(city, devices, options);
  const sensorNos = simulator.sensors.map(({ sensorId }) => numbers.get(sensorId) ?? 0);
  for (const fault of faults) simulator.inject(fault);
  const heard: Heard[] = [];
  const out: Finding[] = [];
  const hear = ({ watchId }: AssetWatch): void => {
    for (const finding of out)
      heard.push({ ...finding, watchId, sensorId: sensors[finding.sensorNo - 1]?.sensorId ?? '' });
    out.length = 0;
  };
  const endMs = options.startMs + hours * 3_600_000;
  for (let nowMs = options.startMs + tickMs; nowMs <= endMs; nowMs += tickMs) {
    simulator.step(nowMs, (sensor, atMs, value) => {
      const sensorNo = sensorNos[sensor]!;
      for (const watch of bySensor.get(sensorNo) ?? []) {
        watch.take(sensorNo, atMs, value, out);
        if (out.length > 0) hear(watch);
      }
    });
    for (const watch of watches) {
      watch.tick(nowMs, out);
      if (out.length > 0) hear(watch);
    }
  }
  return heard;
}
