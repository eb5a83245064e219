import { skipToken, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';

/** One asset by its id; asks nothing without one. */
export function useAsset(assetId: string | undefined) {
  return useQuery({
    queryKey: ['asset', assetId],
    queryFn: assetId === undefined ? skipToken : ({ signal }) => call('getAsset', { params: { assetId }, signal }),
    staleTime: 5 * 60_000,
  });
}
