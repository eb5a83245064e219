import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../api/call.js';

const MOST_OFFERED = 20;
const NONE: readonly string[] = [];

/** Ids of registered devices that match what is typed, to be chosen as a gateway. */
export function useGateways(typed: string): readonly string[] {
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ['devices', 'gateways', q],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call('listDevices', { query: { limit: MOST_OFFERED, ...(q && { q }) }, signal }),
    select: ({ items }) => items.map(({ deviceId }) => deviceId),
  });
  return found.data ?? NONE;
}
