import { channelType } from '@lifeline/catalogue';
import type { Asset, Sensor, Utility } from '@lifeline/contracts';
import type { AssetWatchPlan } from '../asset-watch.js';
import { createGroupWatch } from './group-watch.js';

/** Sensors that belong together, and the name of their watch. */
export interface SensorGroup {
  /** `{utility}/group/{assetId}/{family}`, the same as long as the asset is. */
  readonly watchId: string;
  readonly utility: Utility;
  readonly assetId: string;
  readonly family: string;
  readonly sensors: readonly Sensor[];
}

/** Types of channel that one cause moves at the same time; each type is in one family at most. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  // A load or the sun bends the whole structure: strain, deflection, tilt, bearings and stays follow it, each in its measure.
  structure: ['STRN', 'DEFL', 'TILT', 'BRGD', 'EXPJ', 'BRGF', 'CBLF', 'T_STR'],
  // What is drawn from a pipe lowers the pressure along it: inlet, outlet and flow.
  pipe: ['P_MID', 'P_SUB', 'P_LOW', 'Q_GAS', 'P_WAT', 'Q_DMA'],
  // Load heats oil, windings and joints, on top of the air.
  heat: ['LOAD', 'T_OIL', 'T_HS', 'T_JNT', 'T_AIR'],
  // The three phases of one feeder or transformer share their load.
  phases: ['I_PH', 'U_LV', 'U_10'],
};
const FAMILY_OF = new Map(Object.entries(FAMILIES).flatMap(([family, types]) => types.map((type) => [type, family])));
/** A family larger than this is cut, in the order of the sensors: ties of more are learned badly from two days. */
const MOST_SENSORS = 16;
/** A sensor that speaks less often cannot be put beside the others. */
const LONGEST_INTERVAL_S = 900;

/**
 * Which sensors are watched together: those of one asset and utility whose types belong to one family, and those of one asset that
 * no catalogue type knows but that share a unit. Left out are types whose ordinary days jump (no `minDeviation` in the catalogue:
 * rain, vehicles, pumps), sensors without an asset, and what is alone in its family.
 */
export function planGroups(assets: readonly Asset[], sensors: readonly Sensor[]): SensorGroup[] {
  const known = new Set(assets.map(({ assetId }) => assetId));
  const families = new Map<string, { utility: Utility; assetId: string; family: string; sensors: Sensor[] }>();
  for (const sensor of sensors.toSorted((a, b) => a.sensorNo - b.sensorNo)) {
    const family = familyOf(sensor);
    if (family === undefined || sensor.assetId === null || !known.has(sensor.assetId)) continue;
    const key = `${sensor.utility}/group/${sensor.assetId}/${family}`;
    const group = families.get(key);
    if (group) group.sensors.push(sensor);
    else families.set(key, { utility: sensor.utility, assetId: sensor.assetId, family, sensors: [sensor] });
  }
  return [...families].flatMap(([watchId, group]) => {
    const parts = Math.ceil(group.sensors.length / MOST_SENSORS);
    const size = Math.ceil(group.sensors.length / parts);
    return Array.from({ length: parts }, (_, part) => ({
      ...group,
      watchId: part === 0 ? watchId : `${watchId}-${part + 1}`,
      sensors: group.sensors.slice(part * size, (part + 1) * size),
    })).filter((cut) => cut.sensors.length > 1);
  });
}

/** The group watches of any lifeline's assets. */
export const watchGroups: AssetWatchPlan = (assets, sensors) =>
  planGroups(assets, sensors).map(({ watchId, sensors: members }) => createGroupWatch({ watchId, sensors: members }));

function familyOf({ type, unit, intervalS }: Sensor): string | undefined {
  if (!(intervalS > 0 && intervalS <= LONGEST_INTERVAL_S)) return undefined;
  const known = channelType(type);
  if (known === undefined) return `unit-${unit}`;
  return known.minDeviation === null ? undefined : FAMILY_OF.get(known.code);
}
