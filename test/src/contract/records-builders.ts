import type { AlarmTransition, Asset, NewDevice, NewSensor, Reject } from '@lifeline/contracts';

/** What the suites of the records write: each with defaults that are right, and what the case is about given. */

export function aSensor(channel: string, given: Partial<NewSensor> = {}): NewSensor {
  return { channel, unit: 'kPa', name: `Sensor ${channel}`, lon: 113.12, lat: 30.71, ...given };
}

export function aDevice(deviceId: string, given: Partial<NewDevice> = {}): NewDevice {
  return { deviceId, utility: 'gas', name: `Device ${deviceId}`, sensors: [aSensor('p')], ...given };
}

export function anAsset(assetId: string, given: Partial<Asset> = {}): Asset {
  return {
    assetId,
    utility: 'gas',
    kind: 'regulator',
    name: `Asset ${assetId}`,
    nameZh: '调压站',
    district: 'north',
    geometry: { type: 'Point', coordinates: [113.1, 30.7] },
    properties: { outletKpa: 200, manned: false },
    ...given,
  };
}

export function aTransition(alarmId: string, given: Partial<AlarmTransition> = {}): AlarmTransition {
  return {
    alarmId,
    sequence: 1,
    sensorId: 'd-1/p',
    assetId: null,
    utility: 'gas',
    rule: 'limit',
    event: 'raise',
    state: 'unacknowledged',
    priority: 'orange',
    raisedAtMs: 1_000,
    atMs: 1_000,
    value: 412.25,
    unit: 'kPa',
    limit: { kind: 'high', value: 400 },
    reason: { en: 'High pressure', zh: '压力高' },
    evidence: null,
    holds: null,
    position: { lon: 113.12, lat: 30.71 },
    sensorName: 'Outlet pressure',
    actor: null,
    note: null,
    ...given,
  };
}

export function aReject(given: Partial<Omit<Reject, 'rejectId'>> = {}): Omit<Reject, 'rejectId'> {
  return {
    arrivedAtMs: 1_000,
    inlet: 'mqtt',
    deviceId: 'stranger',
    topic: 'lifeline/v1/gas/stranger/telemetry',
    reason: 'unknown-device',
    detail: 'Nobody registered "stranger".',
    count: 1,
    bodyExcerpt: '{}',
    ...given,
  };
}

/** Transitions at consecutive places of the stream. */
export function at(firstSequence: number, ...transitions: readonly AlarmTransition[]) {
  return transitions.map((transition, i) => ({ transition, streamSequence: firstSequence + i }));
}
