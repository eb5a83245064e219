import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmTransition, Asset } from '@lifeline/contracts';
import type { OpenPorts } from '@lifeline/ports';
import type { Page } from 'playwright-core';
import { aDevice, aSensor, aTransition, anAsset } from '../contract/records-builders.js';
import { RunningGateway } from '../gateway/running-gateway.js';
import { workspaceRoot } from '../product/lifeline-process.js';

/** The built page over a gateway with one gas device of several sensors, and no simulator. */

const SENSORS = ['p', 'q', 't', 'u', 'v', 'w'];

const assets: Asset[] = [
  anAsset('station-1', { name: 'Station one', nameZh: '一号站', properties: { outletSetKpa: 200 } }),
  anAsset('regulator-1', {
    ...{ name: 'Regulator one', nameZh: '一号调压站', geometry: { type: 'Point', coordinates: [113.12, 30.71] } },
    properties: { outletSetKpa: 2.5, sourceId: 'station-1', waveSpeedMs: 390 },
  }),
];

/** @param settings of the environment */
export function startPage(settings: Readonly<Record<string, string>> = {}): Promise<RunningGateway> {
  const page = { pageFolder: join(workspaceRoot, 'apps/control-room/dist') };
  const prepare = async (ports: OpenPorts): Promise<void> => {
    const sensors = SENSORS.map((channel) => aSensor(channel, { assetId: 'regulator-1' }));
    await ports.records.registry.putAssets(assets);
    await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], ports.clock.nowMs());
    await ports.registry.reload();
  };
  return RunningGateway.start(page, prepare, settings);
}

let raised = 0;

/** A raise of a sensor of that device, so long ago: an alarm of its own, also where two are raised in one millisecond. */
export function raiseOf(
  gateway: RunningGateway,
  channel: string,
  agoMs: number,
  over: Partial<AlarmTransition> = {},
): AlarmTransition {
  const raisedAtMs = gateway.ports.clock.nowMs() - agoMs;
  return aTransition(`gas-1.${channel}.limit.${raisedAtMs.toString(36)}${++raised}`, {
    ...{ raisedAtMs, atMs: raisedAtMs, sensorId: `gas-1/${channel}`, sensorName: `Sensor ${channel}` },
    // On no asset: alarms of one asset would be one incident.
    ...{ assetId: null, ...over },
  });
}

/** Keeps a picture of the page where LIFELINE_SCREENS names a folder: for a person to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['LIFELINE_SCREENS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
