import type { LiveSensor, Place } from '@lifeline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import type { KnownAsset } from '../live/asset-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useCity } from '../words/use-words.js';
import { coordinatesIn } from './coordinates.js';
import { holdsWords, wordsOf } from './search-words.js';

const MOST_SENSORS = 20;
const MOST_ASSETS = 10;
const MOST_PLACES = 8;

/** A place of the map, or a point that was typed. */
export type FoundPlace = Omit<Place, 'kind'> & { readonly kind: Place['kind'] | 'point' };

export interface Found {
  readonly places: readonly FoundPlace[];
  readonly sensors: readonly LiveSensor[];
  readonly assets: readonly KnownAsset[];
  /** False until the first answer to this text is here. */
  readonly settled: boolean;
  readonly isError: boolean;
}

/** What is called so, or lies there: places by name, crossing or coordinates; sensors and assets that the page knows, and what the server finds beyond. */
export function useSearch(text: string): Found {
  const live = useLive();
  const { byId } = useCell(live.sensors);
  const assets = useCell(live.assets);
  const names = useSensorNames();
  const point = usePoint(text);
  const asked = useQuery({
    queryKey: ['search', text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const [sensors, found, places] = await Promise.all([
        call('listSensors', { query: { q: text, limit: MOST_SENSORS }, signal }),
        call('listAssets', { query: { q: text, limit: MOST_ASSETS }, signal }),
        call('findPlaces', { query: { q: text, limit: MOST_PLACES }, signal }),
      ]);
      return { sensors: sensors.items, assets: found.items, places: places.items };
    },
  });
  const known = useMemo(() => {
    const words = wordsOf(text);
    const found = { sensors: [] as LiveSensor[], assets: [] as KnownAsset[] };
    if (words.length === 0) return found;
    for (const asset of assets.values()) {
      if (found.assets.length >= MOST_ASSETS) break;
      if (holdsWords([asset.name, asset.nameZh, asset.assetId], words)) found.assets.push(asset);
    }
    for (const sensor of byId.values()) {
      if (found.sensors.length >= MOST_SENSORS) break;
      if (holdsWords([sensor.name, sensor.sensorId, names.of(sensor).full], words)) found.sensors.push(sensor);
    }
    return found;
  }, [text, byId, assets, names]);
  const beyond = asked.isPlaceholderData || text === '' ? undefined : asked.data;
  return {
    places: point === undefined ? (beyond?.places ?? []) : [point],
    assets: merged(known.assets, beyond?.assets ?? [], ({ assetId }) => assetId, MOST_ASSETS),
    sensors: merged(known.sensors, beyond?.sensors ?? [], ({ sensorId }) => sensorId, MOST_SENSORS),
    settled: asked.isError || (asked.data !== undefined && !asked.isPlaceholderData),
    isError: asked.isError,
  };
}

function merged<Item>(
  known: readonly Item[],
  more: readonly Item[],
  idOf: (item: Item) => string,
  most: number,
): Item[] {
  const ids = new Set(known.map(idOf));
  return [...known, ...more.filter((item) => !ids.has(idOf(item)))].slice(0, most);
}

/** The place that is meant where two numbers of degrees are typed. */
function usePoint(text: string): FoundPlace | undefined {
  const { t } = useTranslation();
  const centre = useCity().data?.centre;
  if (centre === undefined) return undefined;
  const at = coordinatesIn(text, { lon: centre[0], lat: centre[1] });
  if (at === undefined) return undefined;
  const { lon, lat } = at;
  const name = t('map.point', { lon, lat });
  return {
    ...{ placeId: `point.${lon}.${lat}`, kind: 'point', name: { en: name, zh: name }, district: null },
    ...{ lon, lat, extent: [lon, lat, lon, lat] },
  };
}
