import { useMemo } from 'react';
import { useSelection } from '../frame/use-address.js';
import { useOpenAlarms } from '../live/live-context.js';
import { placesOfSelected, type FindingPlace } from './finding-place.js';

/** Places that the open alarms of what is selected name. */
export function useFindingPlaces(): readonly FindingPlace[] {
  const { selected } = useSelection();
  const open = useOpenAlarms();
  return useMemo(() => placesOfSelected(open, selected), [open, selected]);
}
