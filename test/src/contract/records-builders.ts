import type {
  AlarmTransition,
  Asset,
  Incident,
  IncidentMember,
  NewDevice,
  NewSensor,
  Reject,
} from '@lifeline/contracts';

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

export function anIncident(incidentId: string, given: Partial<Incident> = {}): Incident {
  return {
    ...{ incidentId, sequence: 1, kind: 'asset', state: 'open', mergedInto: null, priority: 'orange' },
    ...{ utility: 'gas', utilities: ['gas'], causeAssetId: null, isGasLeak: false, district: 'north' },
    ...{ openedAtMs: 1_000, closedAtMs: null, staysOpen: false, conclusion: null, actSequence: 0 },
    firstOut: { alarmId: 'a-1', sensorId: 'd-1/p', assetId: null, sensorName: 'Outlet pressure', raisedAtMs: 900 },
    ...{ newestAtMs: 1_000, respondWithinMs: 60_000, position: { lon: 113.1, lat: 30.7 }, extent: null },
    headline: { en: 'Regulator one: 2 alarms', zh: '一号调压站：2条报警' },
    counts: { members: 2, open: 2, announced: 2, unacknowledged: 2, assets: 1, leakSigns: 0 },
    ...given,
  };
}

export function aMember(alarmId: string, given: Partial<IncidentMember> = {}): IncidentMember {
  return { alarmId, rule: 'asset', to: 'a-1', why: { en: 'On the same asset', zh: '同属一处设施' }, ...given };
}
