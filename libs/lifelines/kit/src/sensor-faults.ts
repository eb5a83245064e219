import type { NewDevice } from '@lifeline/contracts';
import { evenAt, normalAt } from '@lifeline/city';
import type { Fault, FaultBook } from './fault-book.js';

/** Noise and spikes change each 200 ms. */
const STEP_MS = 200;

/** What of a simulated sensor its own faults work on. */
export interface FaultySensor {
  readonly sensorId: string;
  readonly deviceId: string;
  readonly key: number;
  readonly valueAt: (tMs: number) => number;
  /** Value it gave last. */
  last: number;
}

/** A sensor with its type, to find the one it could be exchanged with. */
export interface TypedSensor extends FaultySensor {
  readonly type: string;
}

/** Whom a sensor is exchanged with: the next of its type, on its own device where there is one. */
export function swapPartner<Sensor extends Pick<TypedSensor, 'sensorId' | 'deviceId' | 'type'>>(
  sensors: readonly Sensor[],
  sensorId: string,
): Sensor | undefined {
  const at = sensors.findIndex((one) => one.sensorId === sensorId);
  const one = sensors[at];
  if (!one) return undefined;
  const after = [...sensors.slice(at + 1), ...sensors.slice(0, at)].filter(({ type }) => type === one.type);
  return after.find(({ deviceId }) => deviceId === one.deviceId) ?? after[0];
}

/** Faults of sensors and of what carries their readings (`SENSOR_FAULTS`), whatever their lifeline. */
export class SensorFaults {
  private readonly partners = new Map<string, FaultySensor>();

  constructor(
    private readonly book: FaultBook,
    private readonly sensors: readonly TypedSensor[],
    private readonly devices: readonly NewDevice[],
  ) {}

  /** Takes a fault; where it strikes more than its target, all of these. */
  inject(fault: Fault): void {
    for (const target of this.struck(fault)) this.book.add({ ...fault, target });
  }

  private struck(fault: Fault): readonly string[] {
    if (fault.kind === 'swap') return this.exchange(fault.target);
    if (fault.kind === 'late-gateway') return this.behindGatewayOf(fault.target);
    return [fault.target];
  }

  private exchange(sensorId: string): readonly string[] {
    const one = this.sensors.find((sensor) => sensor.sensorId === sensorId);
    const other = swapPartner(this.sensors, sensorId);
    if (!one || !other) return [];
    this.partners.set(one.sensorId, other);
    this.partners.set(other.sensorId, one);
    return [one.sensorId, other.sensorId];
  }

  private behindGatewayOf(sensorId: string): readonly string[] {
    const own = this.devices.find(({ deviceId }) => sensorId === deviceId || sensorId.startsWith(`${deviceId}/`));
    if (!own) return [];
    if (!own.gatewayId) return [own.deviceId];
    return this.devices.filter(({ gatewayId }) => gatewayId === own.gatewayId).map(({ deviceId }) => deviceId);
  }

  /** What the sensor says at a time; NaN where it says nothing. */
  valueOf(sensor: FaultySensor, tMs: number): number {
    const { book } = this;
    const value = sensor.valueAt(tMs);
    if (book.strikes(sensor.deviceId) && book.active(sensor.deviceId, 'offline', tMs)) return NaN;
    const id = sensor.sensorId;
    if (!book.strikes(id)) return value;
    if (book.active(id, 'offline', tMs)) return NaN;
    if (book.active(id, 'stuck', tMs) && !Number.isNaN(sensor.last)) return sensor.last;
    if (book.active(id, 'swap', tMs)) return this.partners.get(id)!.valueAt(tMs);
    return this.disturbed(sensor, value, tMs);
  }

  private disturbed({ sensorId, key }: FaultySensor, value: number, tMs: number): number {
    const { book } = this;
    const step = Math.floor(tMs / STEP_MS) & 0x3fffffff;
    const spike = book.active(sensorId, 'spike', tMs);
    if (spike && evenAt(key, step) < (spike.parameters['share'] ?? 0.1)) {
      return value + (spike.parameters['size'] ?? 1);
    }
    const noise = book.active(sensorId, 'noise', tMs);
    if (noise) return value + normalAt(key, step) * (noise.parameters['size'] ?? 1);
    const drift = book.active(sensorId, 'drift', tMs);
    if (!drift) return value;
    const share = (tMs - drift.startMs) / (drift.endMs - drift.startMs);
    const { size = 0, percent = 0 } = drift.parameters;
    return value * (1 + (share * percent) / 100) + share * size;
  }

  /** The time the device states for a reading of this time. */
  statedMs({ sensorId, deviceId }: FaultySensor, tMs: number): number {
    const { book } = this;
    const fault =
      (book.strikes(sensorId) ? book.active(sensorId, 'clock-shift', tMs) : undefined) ??
      (book.strikes(deviceId) ? book.active(deviceId, 'clock-shift', tMs) : undefined);
    return fault ? tMs + (fault.parameters['shiftS'] ?? 1200) * 1000 : tMs;
  }

  /** Until when readings of this time are held back; NaN where they go at once. */
  heldUntilMs({ deviceId }: FaultySensor, tMs: number): number {
    if (!this.book.strikes(deviceId)) return NaN;
    return this.book.active(deviceId, 'late-gateway', tMs)?.endMs ?? NaN;
  }
}
