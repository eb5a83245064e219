import type { Sensor } from '@lifeline/contracts';

interface Known {
  readonly sensorId: string;
  readonly deviceId: string;
  readonly type: string | null;
  readonly gatewayId: string | null;
}

/** The sensors that the detector watches, by number and by id, with what stands behind each gateway. */
export class KnownSensors {
  private readonly byNo = new Map<number, Known>();
  private readonly noOf = new Map<string, number>();
  private readonly behind = new Map<string, Map<string, number>>();

  put(sensor: Sensor, gatewayId: string | null): void {
    const { sensorNo, sensorId, deviceId, type } = sensor;
    this.remove(sensorNo);
    this.byNo.set(sensorNo, { sensorId, deviceId, type, gatewayId });
    this.noOf.set(sensorId, sensorNo);
    if (gatewayId === null) return;
    const devices = this.behind.get(gatewayId) ?? new Map<string, number>();
    this.behind.set(gatewayId, devices.set(deviceId, (devices.get(deviceId) ?? 0) + 1));
  }

  /** Gives the id that the sensor had. */
  remove(sensorNo: number): string | undefined {
    const known = this.byNo.get(sensorNo);
    if (!known) return undefined;
    const { sensorId, deviceId, gatewayId } = known;
    this.byNo.delete(sensorNo);
    this.noOf.delete(sensorId);
    const devices = gatewayId === null ? undefined : this.behind.get(gatewayId);
    const left = (devices?.get(deviceId) ?? 1) - 1;
    if (left > 0) devices?.set(deviceId, left);
    else devices?.delete(deviceId);
    return sensorId;
  }

  has(sensorId: string): boolean {
    return this.noOf.has(sensorId);
  }

  numberOf(sensorId: string): number | undefined {
    return this.noOf.get(sensorId);
  }

  factsOf(sensorId: string): { readonly type: string | null; readonly gatewayId: string | null } | undefined {
    const sensorNo = this.noOf.get(sensorId);
    return sensorNo === undefined ? undefined : this.byNo.get(sensorNo);
  }

  devicesBehind(gatewayId: string): number | undefined {
    return this.behind.get(gatewayId)?.size;
  }
}
