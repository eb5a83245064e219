import type { Utility } from '@lifeline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { pagesOf } from '../../../api/pages-of.js';
import { nearestAssets, type NearAsset } from './nearest-assets.js';
import { numberOf, type NumberField } from './form-values.js';

/** Assets of one lifeline that are read for suggestions, at most. */
const MOST_ASSETS = 50_000;
const NONE: readonly NearAsset[] = [];

/** The assets of a lifeline nearest to a place; none while the place is not set. */
export function useNearAssets(utility: Utility, lon: NumberField, lat: NumberField): readonly NearAsset[] {
  const [x, y] = [numberOf(lon), numberOf(lat)];
  const placed = x !== null && y !== null && Number.isFinite(x) && Number.isFinite(y);
  const assets = useQuery({
    queryKey: ['assets', utility],
    enabled: placed,
    staleTime: 10 * 60_000,
    queryFn: ({ signal }) => pagesOf('listAssets', { utility }, { most: MOST_ASSETS, signal }),
  }).data;
  return useMemo(
    () => (assets !== undefined && placed ? nearestAssets(assets, { lon: x, lat: y }) : NONE),
    [assets, placed, x, y],
  );
}
