import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { call, type Answer } from '../../api/call.js';
import { useAddress } from '../../frame/use-address.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { closedRows, openRows } from './incident-rows.js';
import { useIncidentsSearch } from './search.js';

const PAGE = 100;
const DAY_MS = 86_400_000;
/** In a storm incidents change all the time: the closed ones are read again at most so often. */
const REREAD_AFTER_MS = 1500;

/** Incidents as the address narrows them: the open ones live, the closed ones by page from the records. */
export function useIncidentList() {
  const { show, days } = useIncidentsSearch();
  const utility = useAddress('utility');
  const text = useAddress('q');
  const book = useCell(useLive().incidents.book);
  const read = useInfiniteQuery({
    queryKey: ['incident-records', days, utility ?? '', text ?? ''],
    enabled: show !== 'open',
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<Answer<'listIncidentRecords'>> =>
      call('listIncidentRecords', {
        query: {
          ...{ state: 'closed', utility, q: text, after: pageParam, limit: PAGE },
          closedSince: Date.now() - days * DAY_MS,
        },
        signal,
      }),
    getNextPageParam: (page: Answer<'listIncidentRecords'>) => page.next,
  });
  const { data, refetch, isFetching } = read;
  const open = useMemo(
    () =>
      show === 'closed'
        ? []
        : openRows(
            [...book.byId.values()].map(({ incident }) => incident),
            { utility, text },
          ),
    [book, show, utility, text],
  );
  const closed = useMemo(
    () =>
      show === 'open'
        ? []
        : closedRows(
            data?.pages.flatMap(({ items }) => items) ?? [],
            (incidentId) => book.byId.get(incidentId)?.incident,
          ),
    [book, show, data],
  );
  // Which of those that the page knows are closed: one more of them, and the list lacks it.
  const closedNow = useMemo(
    () =>
      [...book.byId.values()]
        .filter(({ incident }) => incident.state === 'closed')
        .map(({ incident }) => incident.incidentId)
        .join(' '),
    [book],
  );
  const seen = useRef(closedNow);
  useEffect(() => {
    if (seen.current === closedNow || show === 'open' || isFetching) return undefined;
    const timer = setTimeout(() => {
      seen.current = closedNow;
      void refetch();
    }, REREAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [closedNow, show, isFetching, refetch]);
  const isLoading = !book.loaded || (show !== 'open' && data === undefined && read.error === null);
  return { ...read, open, closed, isLoading };
}
