import type { AlarmTransition, Asset, AssetKind, Utility } from '@lifeline/contracts';
import { createIncidentDesk, createSupplyGraph, type IncidentDesk, type IncidentPorts } from '../index.js';

const LON = 118.3;
const LAT = 32.3;
/** So many degrees of longitude are about a metre here. */
const DEG_PER_M = 1 / 94_000;

export const START_MS = 1_700_000_000_000;
export const seconds = (s: number): number => START_MS + s * 1000;

function asset(
  assetId: string,
  utility: Utility,
  kind: AssetKind,
  eastM: number,
  properties: Record<string, string> = {},
  district = 'Langya',
): Asset {
  const at: [number, number] = [LON + eastM * DEG_PER_M, LAT];
  const isLine = kind === 'pipe-segment' || kind === 'drain-segment' || kind === 'feeder';
  return {
    assetId,
    utility,
    kind,
    name: assetId.toUpperCase(),
    nameZh: `${assetId}号`,
    district,
    geometry: isLine
      ? { type: 'LineString', coordinates: [at, [at[0] + 100 * DEG_PER_M, LAT]] }
      : { type: 'Point', coordinates: at },
    properties,
  };
}

/** Two substations, three feeders; two touching gas pipes and one far away; one catchment; a pump station on a feeder. */
export const ASSETS: readonly Asset[] = [
  asset('sub-1', 'power', 'substation', 0),
  asset('sub-2', 'power', 'substation', 9000),
  asset('fdr-1', 'power', 'feeder', 0, { substationId: 'sub-1' }),
  asset('fdr-2', 'power', 'feeder', 200, { substationId: 'sub-1' }),
  asset('fdr-3', 'power', 'feeder', 9000, { substationId: 'sub-2' }),
  asset('tx-1', 'power', 'transformer', 50, { feederId: 'fdr-1', substationId: 'sub-1' }),
  asset('tx-2', 'power', 'transformer', 250, { feederId: 'fdr-2', substationId: 'sub-1' }),
  asset('tx-3', 'power', 'transformer', 9050, { feederId: 'fdr-3', substationId: 'sub-2' }),
  asset('gate', 'gas', 'regulator', -3000, { role: 'gate-station', sourceId: 'gate' }),
  asset('pipe-1', 'gas', 'pipe-segment', 0, { sourceId: 'gate' }),
  asset('pipe-2', 'gas', 'pipe-segment', 100, { sourceId: 'gate' }),
  asset('pipe-9', 'gas', 'pipe-segment', 5000, { sourceId: 'gate' }),
  asset('mh-1', 'gas', 'manhole', 20, { lineId: 'pipe-1', sourceId: 'gate' }),
  asset('mh-2', 'gas', 'manhole', 180, { lineId: 'pipe-2', sourceId: 'gate' }),
  asset('mh-9', 'gas', 'manhole', 5020, { lineId: 'pipe-9', sourceId: 'gate' }),
  asset('reg-1', 'gas', 'regulator', 150, { role: 'district-regulator', lineId: 'pipe-2', sourceId: 'gate' }),
  asset('reg-9', 'gas', 'regulator', 5050, { role: 'district-regulator', lineId: 'pipe-9', sourceId: 'gate' }),
  asset('pump', 'drainage', 'pump-station', 400, { sourceId: 'pump', feederId: 'fdr-1' }),
  asset('drain-1', 'drainage', 'drain-segment', 400, { sourceId: 'pump' }),
  asset('drain-2', 'drainage', 'drain-segment', 2000, { sourceId: 'pump' }),
  asset('low-1', 'drainage', 'drain-node', 420, { role: 'underpass', lineId: 'drain-1', sourceId: 'pump' }),
  asset('low-2', 'drainage', 'drain-node', 2020, { role: 'underpass', lineId: 'drain-2', sourceId: 'pump' }),
  asset('wet-1', 'drainage', 'drain-node', 440, { role: 'manhole', lineId: 'drain-1', sourceId: 'pump' }),
  ...Array.from({ length: 14 }, (_, i) => asset(`brg-${i}`, 'bridge', 'bridge', 20_000 + i * 900)),
];
export const GRAPH = createSupplyGraph(ASSETS);
const BY_ID = new Map(ASSETS.map((one) => [one.assetId, one]));

/** A sensor is named `asset/type`; those of gas stand behind one gateway. */
export function newDesk(ports: Partial<IncidentPorts> = {}): IncidentDesk {
  return createIncidentDesk({
    graph: GRAPH,
    sensorOf: (sensorId) => {
      const [assetId, type] = sensorId.split('/') as [string, string];
      return { type, gatewayId: BY_ID.get(assetId)?.utility === 'gas' ? 'gw-gas' : null };
    },
    ...ports,
  });
}

/** A raise of the limit rule at `atS` seconds; `over` says what differs. */
export function raise(
  assetId: string,
  type: string,
  limit: NonNullable<AlarmTransition['limit']>['kind'],
  atS: number,
  over: Partial<AlarmTransition> = {},
): AlarmTransition {
  const of = BY_ID.get(assetId)!;
  const [lon, lat] = of.geometry.type === 'Point' ? of.geometry.coordinates : of.geometry.coordinates[0]!;
  const rule = limit === 'stale' ? 'stale' : limit === 'rate' ? 'rate' : limit === 'finding' ? 'physics' : 'limit';
  return {
    alarmId: `${assetId}.${type}.${rule}.${atS}`,
    sequence: 1,
    sensorId: `${assetId}/${type}`,
    assetId,
    utility: of.utility,
    rule,
    event: 'raise',
    state: 'unacknowledged',
    holds: null,
    priority: 'yellow',
    raisedAtMs: seconds(atS),
    atMs: seconds(atS),
    value: 1,
    unit: '1',
    limit: { kind: limit, value: 1 },
    reason: { en: 'high', zh: '高' },
    evidence: null,
    position: { lon, lat },
    sensorName: `${assetId} ${type}`,
    actor: null,
    note: null,
    ...over,
  };
}

export function next(before: AlarmTransition, over: Partial<AlarmTransition>): AlarmTransition {
  return { ...before, sequence: before.sequence + 1, atMs: before.atMs + 1000, ...over };
}

export const normal = (before: AlarmTransition): AlarmTransition =>
  next(before, { event: 'clear', state: 'normal', atMs: before.atMs + 60_000 });

export function outage(feederId: string, atS: number): AlarmTransition {
  const raised = raise(feederId, 'LOAD', 'finding', atS, { priority: 'orange' });
  const evidence = {
    ...{ test: 'feeder-outage', expected: null, residual: null, confidence: 0.8, location: null },
    carriers: [],
    figures: [],
  };
  return { ...raised, evidence };
}

/** Takes all and gives the one incident there is. */
export function onlyIncident(desk: IncidentDesk, transitions: readonly AlarmTransition[]) {
  for (const transition of transitions) desk.take(transition);
  const incidents = desk.incidents();
  if (incidents.length !== 1) throw new Error(`${incidents.length} incidents: ${JSON.stringify(incidents)}`);
  return incidents[0]!;
}
