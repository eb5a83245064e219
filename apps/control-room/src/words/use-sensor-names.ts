import type { LiveSensor } from '@lifeline/contracts';
import { useMemo } from 'react';
import { useLanguage } from '../i18n/languages.js';
import type { AssetBook } from '../live/asset-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { sensorPartsOf } from './sensor-id.js';
import {
  givenName,
  joinedZh,
  sensorNameIn,
  type NamedAsset,
  type NamedSensor,
  type SensorName,
} from './sensor-name.js';

/** A sensor, as far as its name needs it. */
type Nameable = NamedSensor & Pick<LiveSensor, 'sensorId' | 'assetId'>;

/** What carries a sensor's name without being one: an alarm's transition. */
interface CarriesName {
  readonly sensorId: string;
  readonly assetId: string | null;
  readonly sensorName: string;
}

export interface SensorNames {
  of(sensor: Nameable): SensorName;
  /** Through the registry; an alarm of a sensor that is no longer registered keeps the name it was raised with. */
  ofAlarm(alarm: CarriesName): SensorName;
}

/** The asset's names; until the first of them are here its id stands for the Chinese one, so that no name changes its language. */
function assetOf(assets: AssetBook, assetId: string | null): NamedAsset | undefined {
  if (assetId === null) return undefined;
  return assets.get(assetId) ?? (assets.size === 0 ? { name: '', nameZh: assetId } : undefined);
}

/** Names sensors in the chosen language. */
export function useSensorNames(): SensorNames {
  const { language } = useLanguage();
  const live = useLive();
  const { byId, byAsset } = useCell(live.sensors);
  const assets: AssetBook = useCell(live.assets);
  return useMemo(() => {
    const plain = (sensor: Nameable): SensorName => sensorNameIn(language, sensor, assetOf(assets, sensor.assetId));
    const of = (sensor: Nameable): SensorName => {
      const name = plain(sensor);
      if (language !== 'zh' || name.full === sensor.name || name.place === null) return name;
      // Composed names of one asset may fall together: the channel tells them apart.
      const twins = byAsset.get(sensor.assetId ?? '') ?? [];
      const isTwin = twins.some((other) => other.sensorId !== sensor.sensorId && plain(other).what === name.what);
      return isTwin ? joinedZh(`${name.what} ${sensor.channel}`, name.place) : name;
    };
    return {
      of,
      ofAlarm: ({ sensorId, assetId, sensorName }) => {
        const sensor = byId.get(sensorId);
        if (sensor !== undefined) return of(sensor);
        const asset = assetOf(assets, assetId);
        const { channel } = sensorPartsOf(sensorId);
        return asset === undefined
          ? givenName(sensorName, undefined, language)
          : sensorNameIn(language, { name: sensorName, channel, type: null }, asset);
      },
    };
  }, [language, byId, byAsset, assets]);
}
