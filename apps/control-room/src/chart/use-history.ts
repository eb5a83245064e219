import type { LiveSensor } from '@lifeline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { call, type Answer } from '../api/call.js';
import { useAddress } from '../frame/use-address.js';
import { useLive } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { staleAfterMs } from '../live/sensor-book.js';
import type { LiveValue } from '../live/value-book.js';
import { usePastMinute } from '../past/use-past.js';
import { sensorPartsOf } from '../words/sensor-id.js';
import { historyOf, withLive, type History, type Span } from './chart-data.js';
import { RANGES, openingRange, type RangeName } from './window.js';

/** Points that a chart of the drawer's width can show apart. */
const POINTS = 700;
const REREAD_MS = 60_000;
/** Live readings kept between two readings of the history. */
const MOST_LIVE = 600;

interface ShownWindow {
  readonly window: Span;
  /** It reaches to now and moves on with it. */
  readonly isLive: boolean;
  /** A person chose it: it stands still. */
  readonly isChosen: boolean;
}

/** The window of time that the chart shows: the chosen span of the address, else the last hour, day … until now or the past moment that is shown. */
export function useWindow(range: RangeName): ShownWindow {
  const from = useAddress('from');
  const to = useAddress('to');
  const pastMs = usePastMinute(Math.max(1000, RANGES[range] / 120));
  const nowMs = useNowMs(range === 'hour' || range === 'tenMinutes' ? 1000 : 10_000);
  return useMemo(() => {
    if (from !== undefined && to !== undefined)
      return { window: { fromMs: from, toMs: to }, isLive: false, isChosen: true };
    const toMs = pastMs ?? nowMs;
    return { window: { fromMs: toMs - RANGES[range], toMs }, isLive: pastMs === undefined, isChosen: false };
  }, [from, to, nowMs, pastMs, range]);
}

/** The range to open with, by what the sensor's last hour holds; decided once, so that the picture does not change by itself. */
export function useOpeningRange(sensorId: string): RangeName {
  const isPast = usePastMinute() !== undefined;
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['history', sensorId, 'hour'],
    enabled: !isPast,
    staleTime: REREAD_MS,
    queryFn: ({ signal }) => readHistory(sensorId, 'hour', signal),
  });
  const found = useMemo(
    () => (data === undefined ? undefined : openingRange(firstMsOf(data), dataUpdatedAt)),
    [data, dataUpdatedAt],
  );
  const [decided, setDecided] = useState<{ readonly of: string; readonly range: RangeName }>();
  if (found !== undefined && decided?.of !== sensorId) setDecided({ of: sensorId, range: found });
  return decided?.of === sensorId ? decided.range : 'hour';
}

/** The last hour, day … as the server has it now. Rejects with `CallError`. */
function readHistory(sensorId: string, range: RangeName, signal: AbortSignal): Promise<Answer<'getReadings'>> {
  const to = Date.now();
  return call('getReadings', {
    params: sensorPartsOf(sensorId),
    query: { from: to - RANGES[range], to, points: POINTS },
    signal,
  });
}

function firstMsOf(answer: Answer<'getReadings'>): number | undefined {
  return historyOf(answer, Number.POSITIVE_INFINITY).timesMs[0];
}

/** A sensor's history over the window, with live readings joined on where the window reaches to now. */
export function useHistory(sensor: LiveSensor, range: RangeName, window: Span, isLive: boolean) {
  const { sensorId } = sensor;
  const asked = useQuery({
    queryKey: ['history', sensorId, isLive ? range : `${window.fromMs} ${window.toMs}`],
    placeholderData: keepPreviousData,
    staleTime: isLive ? REREAD_MS : 5 * REREAD_MS,
    refetchInterval: isLive ? REREAD_MS : false,
    queryFn: ({ signal }) => {
      if (isLive) return readHistory(sensorId, range, signal);
      const query = { from: window.fromMs, to: window.toMs, points: POINTS };
      return call('getReadings', { params: sensorPartsOf(sensorId), query, signal });
    },
  });
  const tail = useTail(sensorId);
  const gapMs = staleAfterMs(sensor);
  const read = useMemo(
    () => (asked.data === undefined ? undefined : historyOf(asked.data, gapMs)),
    [asked.data, gapMs],
  );
  const history = useMemo<History | undefined>(
    () => (read === undefined || !isLive ? read : withLive(read, tail)),
    [read, isLive, tail],
  );
  return { history, asked };
}

/** Readings of one sensor that came since the chart was opened. */
function useTail(sensorId: string): readonly LiveValue[] {
  const { values } = useLive();
  const [tail, setTail] = useState<{ readonly of: string; readonly values: readonly LiveValue[] }>({
    of: sensorId,
    values: [],
  });
  useEffect(
    () =>
      values.watch(sensorId, () => {
        const value = values.get(sensorId);
        if (value === undefined) return;
        setTail((before) => ({
          of: sensorId,
          values: [...(before.of === sensorId ? before.values : []), value].slice(-MOST_LIVE),
        }));
      }),
    [values, sensorId],
  );
  return tail.of === sensorId ? tail.values : NO_TAIL;
}

const NO_TAIL: readonly LiveValue[] = [];
