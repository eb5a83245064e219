import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';

export const DUTY_KEY = ['duty'];
/** Who is on the roster changes seldom, and a call-out refuses what was changed meanwhile. */
const REREAD_MS = 30_000;

/** The duty roster, and by what a call-out reaches the crews. */
export function useDuty() {
  return useQuery({
    queryKey: DUTY_KEY,
    queryFn: ({ signal }) => call('listDuty', { signal }),
    refetchInterval: REREAD_MS,
  });
}
