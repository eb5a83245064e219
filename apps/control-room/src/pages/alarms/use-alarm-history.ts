import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call, type Answer } from '../../api/call.js';
import { useAddress } from '../../frame/use-address.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { passes, withLiveStates, type AlarmFilter } from './alarm-filter.js';

const PAGE = 500;

/** Alarms, newest first, as the address narrows them; read again when one is raised that the list lacks. */
export function useAlarmHistory() {
  const state = useAddress('state');
  const priority = useAddress('priority');
  const utility = useAddress('utility');
  const text = useAddress('q');
  const from = useAddress('from');
  const to = useAddress('to');
  const names = useSensorNames();
  const { byId } = useCell(useLive().alarms);
  const read = useInfiniteQuery({
    queryKey: ['alarms', state ?? '', from ?? 0, to ?? 0],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<Answer<'listAlarms'>> =>
      call('listAlarms', { query: { state, from, to, after: pageParam, limit: PAGE }, signal }),
    getNextPageParam: (page: Answer<'listAlarms'>) => page.next,
  });
  const { data, refetch, isFetching } = read;
  const listed = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const alarms = useMemo(() => {
    if (listed === undefined) return undefined;
    const filter: AlarmFilter = { state, priority, utility, text };
    return withLiveStates(listed, byId).filter((alarm) => passes(alarm, filter, names.ofAlarm(alarm).full));
  }, [listed, byId, names, state, priority, utility, text]);

  const newestMs = listed?.[0]?.raisedAtMs;
  const lacks = useMemo(() => {
    if (listed === undefined || to !== undefined) return false;
    const known = new Set(listed.map((alarm) => alarm.alarmId));
    for (const alarm of byId.values()) {
      const isNewer = newestMs === undefined || alarm.raisedAtMs >= newestMs;
      if (isNewer && !known.has(alarm.alarmId) && (state === undefined || alarm.state === state)) return true;
    }
    return false;
  }, [listed, byId, newestMs, state, to]);
  useEffect(() => {
    if (!lacks || isFetching) return undefined;
    // A flood of alarms is read once a second, not once an alarm.
    const timer = setTimeout(() => void refetch(), 1000);
    return () => clearTimeout(timer);
  }, [lacks, isFetching, refetch]);
  return { ...read, alarms };
}
