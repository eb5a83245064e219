import { useCallback } from 'react';
import { useCell } from '../live/cell.js';
import { useLive, useWorstBySensor } from '../live/live-context.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn } from '../words/use-words.js';
import type { PlaceInView } from './in-view.js';

/** Names places of the map in the chosen language; what the page does not know by name, by an alarm that stands there, or by its id. */
export function usePlaceNames(): (place: Pick<PlaceInView, 'sel' | 'sensorIds'>) => string {
  const live = useLive();
  const { byId } = useCell(live.sensors);
  const assets = useCell(live.assets);
  const worst = useWorstBySensor();
  const names = useSensorNames();
  const nameIn = useNameIn();
  return useCallback(
    ({ sel, sensorIds }) => {
      const asset = assets.get(sel);
      if (asset !== undefined) return nameIn({ en: asset.name, zh: asset.nameZh });
      const sensor = byId.get(sel);
      if (sensor !== undefined) return names.of(sensor).full;
      const [alarm] = sensorIds.flatMap((sensorId) => worst.get(sensorId) ?? []);
      return alarm === undefined ? sel : names.ofAlarm(alarm).full;
    },
    [byId, assets, worst, names, nameIn],
  );
}
