import type { Utility } from '@lifeline/contracts';
import { useMemo } from 'react';
import { useCell } from '../live/cell.js';
import { useAnnouncedAlarms, useLive } from '../live/live-context.js';
import { useAssetWords } from '../words/use-asset-words.js';
import { listLines, type ListLines } from './list-lines.js';

/** The operator's list of the open alarms, of all lifelines or of one. */
export function useListLines(utility: Utility | undefined): ListLines {
  const live = useLive();
  const announced = useAnnouncedAlarms();
  const incidents = useCell(live.incidents.book);
  const sensors = useCell(live.sensors);
  const assets = useCell(live.assets);
  const words = useAssetWords();
  return useMemo(
    () =>
      listLines(announced, incidents, utility, {
        typeOf: (sensorId) => sensors.byId.get(sensorId)?.type ?? null,
        assetOf: (assetId) => assets.get(assetId),
        districtName: words.district,
      }),
    [announced, incidents, utility, sensors.byId, assets, words],
  );
}
