import { createContext, useContext } from 'react';
import type { FindingPlace } from './finding-place.js';

/** Brings a place into view on the map that is beside the drawer; undefined where there is no map. */
export const ShowPlaceContext = createContext<((place: FindingPlace) => void) | undefined>(undefined);

export function useShowPlace(): ((place: FindingPlace) => void) | undefined {
  return useContext(ShowPlaceContext);
}
