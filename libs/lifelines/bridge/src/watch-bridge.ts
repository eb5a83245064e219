import type { Sensor } from '@lifeline/contracts';
import type { AssetWatchPlan } from '@lifeline/detection';
import { BridgeWatch } from './bridge-watch.js';
import { KINDS } from './compensated-channel.js';

/** What a bridge watch can use. */
const USEFUL = new Set([...Object.keys(KINDS), 'ACCL', 'GVW', 'T_STR']);

/** One watch a bridge, over all its gauges that the tests know. */
export const watchBridge: AssetWatchPlan = (assets, sensors) => {
  const byAsset = new Map<string, Sensor[]>();
  for (const sensor of sensors) {
    if (sensor.utility !== 'bridge' || sensor.assetId === null || !USEFUL.has(sensor.type ?? '')) continue;
    const list = byAsset.get(sensor.assetId);
    if (list) list.push(sensor);
    else byAsset.set(sensor.assetId, [sensor]);
  }
  return assets
    .filter(({ utility, assetId }) => utility === 'bridge' && byAsset.has(assetId))
    .map((asset) => new BridgeWatch(`bridge/${asset.assetId}`, asset, byAsset.get(asset.assetId)!));
};
