import type { AlarmDesk } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import type { DetectionEngine } from '@lifeline/detection';
import type { RegistryChange, RegistryCopy } from '@lifeline/records';
import type { KnownSensors } from './known-sensors.js';
import type { PlantLogic } from './plant-logic.js';

export interface FollowerPorts {
  readonly registry: Pick<RegistryCopy, 'sensor' | 'sensors' | 'device' | 'assets'>;
  readonly engine: DetectionEngine;
  readonly desk: AlarmDesk;
  readonly plant: PlantLogic;
  readonly sensors: KnownSensors;
  readonly nowMs: () => number;
  readonly put: (transition: AlarmTransition) => void;
}

/** Keeps engine, desk and the plant's logic in line with the registry. */
export class RegistryFollower {
  constructor(private readonly ports: FollowerPorts) {}

  /** Everything that is registered; before the engine is restored. */
  begin(): void {
    const { registry, engine } = this.ports;
    for (const { sensorNo } of registry.sensors()) this.putSensor(sensorNo);
    engine.putAssets([...registry.assets()]);
  }

  apply({ sensors, removedSensorNos, assetsChanged }: RegistryChange): void {
    const { registry, engine, desk, plant } = this.ports;
    for (const { sensorNo } of sensors) this.putSensor(sensorNo);
    for (const sensorNo of removedSensorNos) {
      // It may have come back since the notice was given.
      if (registry.sensor(sensorNo)) continue;
      const sensorId = this.ports.sensors.remove(sensorNo);
      engine.removeSensor(sensorNo);
      if (sensorId !== undefined) this.withdraw(sensorId);
    }
    if (!assetsChanged) return;
    engine.putAssets([...registry.assets()]);
    plant.assetsChanged(desk.state());
  }

  /** Alarms of sensors that left the registry while nobody watched. */
  withdrawStrangers(): void {
    const strangers = new Set(this.ports.desk.open().map((alarm) => alarm.sensorId));
    for (const sensorId of strangers) if (!this.ports.sensors.has(sensorId)) this.withdraw(sensorId);
  }

  private withdraw(sensorId: string): void {
    const { desk, nowMs, put } = this.ports;
    for (const transition of desk.withdraw(sensorId, nowMs())) put(transition);
  }

  private putSensor(sensorNo: number): void {
    const { registry, engine, sensors } = this.ports;
    const sensor = registry.sensor(sensorNo);
    if (!sensor) return;
    const gatewayId = registry.device(sensor.deviceId)?.gatewayId ?? null;
    engine.putSensor(sensor, gatewayId);
    sensors.put(sensor, gatewayId);
  }
}
