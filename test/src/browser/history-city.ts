import { join } from 'node:path';
import type { Alarm, AlarmTransition } from '@lifeline/contracts';
import type { OpenPorts } from '@lifeline/ports';
import { QUALITY_REASONS } from '@lifeline/contracts';
import { aDevice, aSensor, anAsset } from '../contract/records-builders.js';
import { RunningGateway } from '../gateway/running-gateway.js';
import { workspaceRoot } from '../product/lifeline-process.js';

/** A year of a gas station, every half hour, in the history itself: the built page over it shows years. */

export const YEAR_MS = 365 * 86_400_000;
export const STEP_MS = 1_800_000;

const SENSORS = [
  aSensor('p', { name: 'Station one outlet pressure', unit: 'kPa', limits: { low: 180, high: 230 }, intervalS: 1800 }),
  aSensor('q', { name: 'Station one flow', unit: 'm3/h', intervalS: 1800 }),
  aSensor('t', { name: 'Station one gas temperature', unit: 'Cel', intervalS: 1800 }),
  aSensor('ch4', { name: 'Station one hall methane', unit: '%{LEL}', intervalS: 1800 }),
  aSensor('silent', { name: 'Station one spare', unit: 'kPa', intervalS: 1800 }),
].map((sensor) => ({ ...sensor, assetId: 'station-1' }));

/** What a sensor measured: seasons, days and weeks; two days of silence and a day out of range in the last week but one. */
export function valueOf(channel: string, atMs: number): number {
  const day = Math.sin((atMs / 86_400_000) * 2 * Math.PI);
  const season = Math.cos((atMs / YEAR_MS) * 2 * Math.PI);
  const isWeekend = Math.floor(atMs / 86_400_000 + 4) % 7 > 4;
  switch (channel) {
    case 'p':
      return 205 + 4 * day + 6 * season;
    case 'q':
      return (isWeekend ? 600 : 900) + 180 * day + 250 * season;
    case 't':
      return 15 - 11 * season + 3 * day;
    default:
      return 0.4 + 0.2 * day;
  }
}

export async function startHistoryCity(nowMs: number): Promise<RunningGateway> {
  return RunningGateway.start({ pageFolder: join(workspaceRoot, 'apps/control-room/dist') }, async (ports) => {
    await ports.records.registry.putAssets([anAsset('station-1', { name: 'Station one', nameZh: '一号站' })]);
    await ports.records.registry.putDevices([aDevice('gas-1', { sensors: SENSORS })], nowMs - YEAR_MS);
    await ports.registry.reload();
    await writeYear(ports, nowMs);
  });
}

async function writeYear(ports: OpenPorts, nowMs: number): Promise<void> {
  const first = Math.ceil((nowMs - YEAR_MS) / STEP_MS) * STEP_MS;
  const times: number[] = [];
  for (let atMs = first; atMs <= nowMs; atMs += STEP_MS) times.push(atMs);
  const ago = (atMs: number): number => (nowMs - atMs) / 86_400_000;
  const isSilent = (atMs: number): boolean => ago(atMs) > 4 && ago(atMs) < 6;
  const bad = QUALITY_REASONS.indexOf('out-of-range');
  let sequence = 0;
  for (const channel of ['p', 'q', 't', 'ch4']) {
    const sensorNo = ports.registry.channels('gas-1')!.get(channel)!.sensorNo;
    const kept = times.filter((atMs) => channel !== 't' || !isSilent(atMs));
    await ports.history.write({
      partition: 0,
      sequence: ++sequence,
      blocks: [
        {
          arrivedAtMs: nowMs,
          inlet: 'test',
          sensorNo: Uint32Array.from(kept, () => sensorNo),
          measuredAtMs: Float64Array.from(kept),
          value: Float64Array.from(kept, (atMs) => valueOf(channel, atMs)),
          mark: Uint8Array.from(kept, (atMs) => (channel === 'p' && ago(atMs) > 2 && ago(atMs) < 2.5 ? bad : 0)),
        },
      ],
    });
  }
}

/** The transitions of an alarm's whole life, from the one that raised it. */
export function lifeOf(
  raise: AlarmTransition,
  ...steps: readonly (Pick<AlarmTransition, 'event' | 'state' | 'atMs'> & Partial<Alarm>)[]
): AlarmTransition[] {
  return [raise, ...steps.map((step, i) => ({ ...raise, ...step, sequence: i + 2 }))];
}
