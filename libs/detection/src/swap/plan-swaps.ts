import { channelType } from '@lifeline/catalogue';
import type { Sensor } from '@lifeline/contracts';
import type { AssetWatchPlan } from '../asset-watch.js';
import { SwapWatch } from './swap-watch.js';

/** More are cut, in the order of the sensors: those registered one after the other hang side by side. */
const MOST_SENSORS = 16;
const LONGEST_INTERVAL_S = 900;

/**
 * Sensors of one type and unit that could be exchanged: on one asset; what is alone of its type on its asset, with its like of the same
 * district. Left out are sensors that no catalogue type knows, and that speak less often than four times an hour.
 */
export const watchSwaps: AssetWatchPlan = (assets, sensors) => {
  const districtOf = new Map(assets.map(({ assetId, district }) => [assetId, district]));
  const alike = new Map<string, Sensor[]>();
  for (const sensor of sensors.toSorted((a, b) => a.sensorNo - b.sensorNo)) {
    const { assetId, type, unit, intervalS } = sensor;
    const known = channelType(type);
    if (!known || assetId === null || !districtOf.has(assetId)) continue;
    if (intervalS > 0 && intervalS <= LONGEST_INTERVAL_S) put(alike, `${assetId}/${known.code}/${unit}`, sensor);
  }
  const groups = new Map<string, Sensor[]>();
  for (const [key, members] of alike) {
    if (members.length > 1) groups.set(key, members);
    else {
      const [sensor] = members as [Sensor];
      put(groups, `${districtOf.get(sensor.assetId!)}/${channelType(sensor.type)!.code}/${sensor.unit}`, sensor);
    }
  }
  return [...groups].flatMap(([key, members]) => {
    const parts = Math.ceil(members.length / MOST_SENSORS);
    const size = Math.ceil(members.length / parts);
    return Array.from({ length: parts }, (_, part) => members.slice(part * size, (part + 1) * size))
      .filter((cut) => cut.length > 1)
      .map((cut) => new SwapWatch(`${cut[0]!.utility}/swapped/${key}/${cut[0]!.sensorNo}`, cut));
  });
};

function put(into: Map<string, Sensor[]>, key: string, sensor: Sensor): void {
  const members = into.get(key);
  if (members) members.push(sensor);
  else into.set(key, [sensor]);
}
