import { useQuery } from '@tanstack/react-query';
import { call } from '../../../api/call.js';

const AGAIN_MS = 15_000;

/** Devices that knock and that nobody registered; read again while it is looked at. */
export function useKnocks() {
  return useQuery({
    queryKey: ['knocks'],
    queryFn: ({ signal }) => call('listKnocks', { signal }),
    refetchInterval: AGAIN_MS,
    staleTime: AGAIN_MS / 2,
  });
}
