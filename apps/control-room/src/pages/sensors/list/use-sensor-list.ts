import type { Utility } from '@lifeline/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';
import { useNowMs } from '../../../live/now.js';
import { reportingOf } from './reporting.js';

export interface SensorFilter {
  readonly utility: Utility | undefined;
  readonly q: string;
  /** `all`, or only those that do not report. */
  readonly show: 'all' | 'silent';
}

const PAGE = 200;
/** With a filter that the server does not know, pages are read until so many rows are found. */
const ENOUGH = 60;

/** The registered sensors, page by page, as far as the list has been walked. */
export function useSensorList({ utility, q, show }: SensorFilter) {
  const live = useLive();
  // Who falls silent, or speaks again, while the list is looked at.
  const nowMs = useNowMs(10_000);
  const query = useInfiniteQuery({
    queryKey: ['sensors', { utility, q }],
    queryFn: async ({ pageParam, signal }) => {
      const page = await call('listSensors', {
        query: { limit: PAGE, ...(pageParam && { after: pageParam }), ...(utility && { utility }), ...(q && { q }) },
        signal,
      });
      live.values.takeSensors(page.items);
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const read = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const sensors = useMemo(() => {
    if (show === 'all') return read;
    return read.filter((sensor) => {
      const measuredAtMs = live.values.get(sensor.sensorId)?.measuredAtMs ?? sensor.last?.measuredAtMs;
      return reportingOf(sensor, measuredAtMs, nowMs) !== 'reporting';
    });
  }, [read, show, live, nowMs]);
  const wanting = show === 'silent' && hasNextPage && !isFetching && !isError && sensors.length < ENOUGH;
  useEffect(() => {
    if (wanting) void fetchNextPage();
  }, [wanting, fetchNextPage]);
  return { ...query, sensors, read: read.length };
}
