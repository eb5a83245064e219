import { useEffect, useState } from 'react';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import type { CityMap } from './city-map.js';
import type { InView } from './in-view.js';
import { useMapLayers } from './use-map-layers.js';

/** The map has what changed a moment later than the page. */
const AFTER_MS = 100;

/** What the map shows, told anew as it moves and as alarms and states change. */
export function useInView(map: CityMap): InView {
  const live = useLive();
  const [told, setTold] = useState(() => map.inView());
  const box = useCell(map.viewBox);
  const abnormal = useCell(map.abnormalPlaces);
  const columns = useCell(live.columns);
  const states = useCell(live.states);
  const { hidden } = useMapLayers();
  useEffect(() => {
    const timer = setTimeout(() => setTold(map.inView()), AFTER_MS);
    return () => clearTimeout(timer);
  }, [map, box, abnormal, columns, states, hidden]);
  return told;
}
