import { allOf, CHATTER_CRITERIA, createAlarmDesk, createMaintenanceWindows } from '@lifeline/alarms';
import type { AlarmTransition, MaintenanceWindow } from '@lifeline/contracts';
import { createUpstreamOutages, gasDangerBy, type UpstreamPorts } from '@lifeline/incidents';
import { NIGHT_MS, START_MS, type Night } from './night.js';

export interface Told {
  readonly arrivesMs: number;
  readonly transition: AlarmTransition;
}

/** What became of every begin of a condition, counted one by one, each once however often it came. */
export interface Begins {
  readonly raw: number;
  readonly announced: number;
  readonly suppressed: number;
  /** Into the one line of an alarm that chatters. */
  readonly folded: number;
  /** Of a condition that was on already, or older than what is known: it came late, after its end or after a later begin. */
  readonly known: number;
}

const TICK_MS = 1000;

/**
 * The night through the real alarm desk, as the detector runs it: with a maintenance window, what upstream alarms explain, and what
 * chatters as one line. Every tenth transition comes to the incident desk a second time, as after a crash.
 */
export function playDesk(night: Night): { readonly told: readonly Told[]; readonly begins: Begins } {
  const byNo = new Map(night.sensors.map((sensor) => [sensor.sensorNo, sensor]));
  const desk = createAlarmDesk({
    sensor: (sensorNo) => byNo.get(sensorNo),
    explanations: explanationsOf(night),
    chatter: CHATTER_CRITERIA,
  });
  const told: Told[] = [];
  const put = (arrivesMs: number, transition: AlarmTransition): void => {
    told.push({ arrivesMs, transition });
    if (told.length % 10 === 0) told.push({ arrivesMs: arrivesMs + 20_000, transition });
  };
  const seen = new Set<string>();
  const begins = { raw: 0, announced: 0, suppressed: 0, folded: 0, known: 0 };
  let tickMs = START_MS;
  for (const { arrivesMs, condition } of night.arrivals) {
    for (; tickMs <= arrivesMs; tickMs += TICK_MS)
      for (const transition of [...desk.tick(tickMs), ...desk.reviseSuppression(tickMs)]) put(tickMs, transition);
    const foldedBefore = desk.figures.folded;
    const transition = desk.condition(condition);
    if (transition) put(arrivesMs, transition);
    if (condition.change !== 'begin') continue;
    const key = `${condition.sensorNo} ${condition.rule} ${condition.atMs}`;
    if (seen.has(key)) continue;
    seen.add(key);
    begins.raw++;
    if (desk.figures.folded > foldedBefore) begins.folded++;
    else if (transition?.event !== 'raise') begins.known++;
    else if (transition.holds === null) begins.announced++;
    else begins.suppressed++;
  }
  return { told: told.sort((a, b) => a.arrivesMs - b.arrivesMs), begins };
}

function explanationsOf(night: Night) {
  const gateways = night.gatewayOf;
  const sensors = new Map(night.sensors.map((sensor) => [sensor.sensorId, sensor]));
  const behind = new Map<string, number>();
  for (const gatewayId of gateways.values()) if (gatewayId) behind.set(gatewayId, (behind.get(gatewayId) ?? 0) + 1);
  const ports: UpstreamPorts = {
    graph: night.graph,
    devicesBehind: (gatewayId) => behind.get(gatewayId),
    sensorOf: (sensorId) => {
      const sensor = sensors.get(sensorId);
      return sensor && { type: sensor.type, gatewayId: gateways.get(sensor.deviceId) ?? null };
    },
  };
  const windows = createMaintenanceWindows({
    districtOf: (assetId) => night.graph.asset(assetId)?.district ?? null,
    isGasDanger: gasDangerBy(ports),
  });
  windows.fold(worksOn(night.maintainedAssetId));
  return allOf(windows, createUpstreamOutages(ports));
}

function worksOn(assetId: string): MaintenanceWindow {
  return {
    ...{ windowId: 'works', version: 1, kind: 'inspection', worker: 'bridge crew', permit: 'P-1', note: '' },
    scope: { sensorIds: [], deviceIds: [], assetIds: [assetId], areas: [] },
    ...{ fromMs: START_MS - 3_600_000, toMs: START_MS + 10 * NIGHT_MS, endedAtMs: null, coversGasDanger: false },
    ...{ createdBy: 'emil', createdAtMs: START_MS - 86_400_000, changedBy: 'emil', changedAtMs: START_MS - 86_400_000 },
  };
}
