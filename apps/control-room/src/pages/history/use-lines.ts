import type { Alarm, LiveSensor, ReadingsAnswer } from '@lifeline/contracts';
import { useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { pagesOf } from '../../api/pages-of.js';
import { laneOf, withinWindow } from '../../chart/alarm-lane.js';
import { expectedBands, historyOf, limitLines, type History, type Span } from '../../chart/chart-data.js';
import { LINE_LOOKS } from '../../chart/line-looks.js';
import type { PlotLine } from '../../chart/multi-plot.js';
import { silentSpans } from '../../chart/silence.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useNowMs } from '../../live/now.js';
import { staleAfterMs } from '../../live/sensor-book.js';
import { formatNumber } from '../../words/numbers.js';
import { sensorPartsOf } from '../../words/sensor-id.js';
import { COMPARISONS, movedHistory, movedSpan, pointsOver, type Comparison } from './spans.js';

/** Newest alarms of a sensor that the track shows. */
export const MOST_ALARMS = 500;

/** One sensor of the page: what is drawn, and how the reading of it stands. */
export interface HistoryLine {
  readonly sensorId: string;
  readonly number: number;
  readonly sensor: LiveSensor | undefined;
  /** Undefined until the first answer is here. */
  readonly drawn: PlotLine | undefined;
  readonly alarms: readonly Alarm[];
  readonly isReading: boolean;
  readonly error: unknown;
  retry(): void;
}

interface Asked {
  readonly data: ReadingsAnswer | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  refetch(): unknown;
}

/** Everything that the page draws of its sensors over a window. */
export function useLines(sensorIds: readonly string[], window: Span, compare: Comparison | undefined): HistoryLine[] {
  const { t } = useTranslation();
  const known = useCell(useLive().sensors).byId;
  const nowMs = useNowMs(10_000);
  const sensors = useQueries({
    queries: sensorIds.map((sensorId) => ({
      queryKey: ['sensor', sensorId],
      staleTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) => call('getSensor', { params: sensorPartsOf(sensorId), signal }),
    })),
  });
  const client = useQueryClient();
  const readings = useReadings(sensorIds, window, 0);
  const byMs = compare === undefined ? 0 : COMPARISONS[compare];
  const before = useReadings(compare === undefined ? [] : sensorIds, window, byMs);
  const alarms = useQueries({
    queries: sensorIds.map((sensorId) => ({
      queryKey: ['history-alarms', sensorId, window.toMs],
      placeholderData: () => newestOf<Alarm[]>(client, ['history-alarms', sensorId]),
      staleTime: 30_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        pagesOf('listAlarms', { sensorId, to: window.toMs }, { most: MOST_ALARMS, signal }),
    })),
  });
  return sensorIds.map((sensorId, i) => {
    const sensor = sensors[i]?.data ?? known.get(sensorId);
    const answer = readings[i]!;
    const stood = withinWindow(alarms[i]?.data ?? [], window, nowMs);
    const gapMs = sensor === undefined ? 60_000 : staleAfterMs(sensor);
    const history = answer.data && read(answer.data, gapMs);
    const earlier = before[i]?.data && read(before[i].data, gapMs);
    const limits = sensor === undefined || sensorIds.length > 1 ? [] : limitLines(sensor.limits);
    return {
      sensorId,
      number: i + 1,
      sensor,
      alarms: stood,
      isReading: answer.isFetching,
      error: sensors[i]?.error ?? answer.error,
      retry: () => {
        void sensors[i]?.refetch();
        void answer.refetch();
      },
      drawn: history && {
        sensorId,
        number: i + 1,
        unit: answer.data!.unit,
        look: LINE_LOOKS[i]!,
        history,
        before: compare === undefined ? undefined : movedHistory(earlier ?? NO_HISTORY, byMs),
        alarms: laneOf(stood, nowMs),
        silent: silentSpans(history, window, gapMs, nowMs),
        expected: expectedBands(stood, nowMs),
        limits: limits.map((limit) => ({
          ...limit,
          label: `${t(`limit.${limit.kind}`)} ${formatNumber(limit.value, sensor)}`,
        })),
      },
    };
  });
}

/** Answers over the window, or over the one so much earlier; until one is here, the one before it stands in its place. */
function useReadings(sensorIds: readonly string[], window: Span, earlierByMs: number): readonly Asked[] {
  const client = useQueryClient();
  const { fromMs, toMs } = movedSpan(window, -earlierByMs);
  return useQueries({
    queries: sensorIds.map((sensorId) => ({
      queryKey: ['history-lines', sensorId, earlierByMs, fromMs, toMs],
      placeholderData: () => newestOf<ReadingsAnswer>(client, ['history-lines', sensorId, earlierByMs]),
      staleTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('getReadings', {
          params: sensorPartsOf(sensorId),
          query: { from: fromMs, to: toMs, points: pointsOver(toMs - fromMs) },
          signal,
        }),
    })),
  });
}

/** The newest answer to a question of this kind. */
function newestOf<Data>(client: QueryClient, queryKey: readonly unknown[]): Data | undefined {
  let newest: { readonly data?: unknown; readonly dataUpdatedAt: number } | undefined;
  for (const { state } of client.getQueryCache().findAll({ queryKey })) {
    if (state.data !== undefined && state.dataUpdatedAt >= (newest?.dataUpdatedAt ?? 0)) newest = state;
  }
  return newest?.data as Data | undefined;
}

const NO_HISTORY: History = { timesMs: [], mid: [], low: [], high: [], quality: [], kind: 'readings' };
const kept = new WeakMap<ReadingsAnswer, History>();

/** Reads an answer once, however often the page is drawn. */
function read(answer: ReadingsAnswer, gapMs: number): History {
  const found = kept.get(answer);
  if (found !== undefined) return found;
  const history = historyOf(answer, gapMs);
  kept.set(answer, history);
  return history;
}
