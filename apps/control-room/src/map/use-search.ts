import type { LiveSensor } from '@lifeline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/call.js';
import type { KnownAsset } from '../live/asset-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { holdsWords, wordsOf } from './search-words.js';

const MOST_SENSORS = 20;
const MOST_ASSETS = 10;

interface Found {
  readonly sensors: readonly LiveSensor[];
  readonly assets: readonly KnownAsset[];
  /** False until the first answer to this text is here. */
  readonly settled: boolean;
  readonly isError: boolean;
}

/** Sensors and assets whose names or ids hold every word of the text: what the page knows, and what the server finds beyond. */
export function useSearch(text: string): Found {
  const live = useLive();
  const { byId } = useCell(live.sensors);
  const assets = useCell(live.assets);
  const names = useSensorNames();
  const asked = useQuery({
    queryKey: ['search', text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call('listSensors', { query: { q: text, limit: MOST_SENSORS }, signal }),
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
  const beyond = asked.isPlaceholderData ? [] : (asked.data?.items ?? []);
  const more = beyond.filter(({ sensorId }) => !known.sensors.some((sensor) => sensor.sensorId === sensorId));
  return {
    assets: known.assets,
    sensors: [...known.sensors, ...more].slice(0, MOST_SENSORS),
    settled: asked.isError || (asked.data !== undefined && !asked.isPlaceholderData),
    isError: asked.isError,
  };
}
