import type { AlarmRule, Sensor } from '@lifeline/contracts';

/** Deterministic: the same readings give the same alarm, whoever reads them again. */
export function alarmIdOf(sensor: Pick<Sensor, 'deviceId' | 'channel'>, rule: AlarmRule, raisedAtMs: number): string {
  return `${sensor.deviceId}.${sensor.channel}.${rule}.${raisedAtMs.toString(36)}`;
}
