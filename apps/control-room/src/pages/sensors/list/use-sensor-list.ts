import type { Utility } from '@lifeline/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';

export interface SensorFilter {
  readonly utility: Utility | undefined;
  readonly q: string;
  /** `all`, or only those that do not report. */
  readonly show: 'all' | 'silent';
}

const PAGE = 200;
/** How often it is looked who fell silent or speaks again, while only those are shown that do not report. */
const SILENT_AGAIN_MS = 10_000;

/** The registered sensors, page by page, as far as the list has been walked. */
export function useSensorList({ utility, q, show }: SensorFilter) {
  const live = useLive();
  const query = useInfiniteQuery({
    queryKey: ['sensors', { utility, q, show }],
    queryFn: async ({ pageParam, signal }) => {
      const page = await call('listSensors', {
        query: {
          limit: PAGE,
          ...(pageParam && { after: pageParam }),
          ...(utility && { utility }),
          ...(q && { q }),
          ...(show === 'silent' && { reporting: 'false' as const }),
        },
        signal,
      });
      live.values.takeSensors(page.items);
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: show === 'silent' ? SILENT_AGAIN_MS : false,
  });
  const { data } = query;
  const sensors = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return { ...query, sensors };
}
