import type { AlarmPerformance } from '@lifeline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../api/call.js';
import { useNowMs } from '../../live/now.js';
import { useZone } from '../../words/use-words.js';
import { spanOf, type Span, type SpanName } from './spans.js';

const REREAD_MS = 60_000;

/** Figures with the span they are of. */
interface Measured {
  readonly span: Span;
  readonly performance: AlarmPerformance;
}

/** What the span's figures are; read anew each minute, with the span moved on. */
export function usePerformance(name: SpanName, operators: number) {
  const zone = useZone();
  const nowMs = useNowMs(REREAD_MS);
  const span = useMemo(() => spanOf(name, nowMs, zone), [name, nowMs, zone]);
  const read = useQuery<Measured>({
    queryKey: ['alarm-performance', name, span.fromMs, span.toMs, operators],
    // Of another span or another crew the old figures would be false; of the minute before they are near enough.
    placeholderData: (before, query) =>
      query?.queryKey[1] === name && query.queryKey[4] === operators ? before : undefined,
    staleTime: 0,
    refetchInterval: REREAD_MS,
    queryFn: async ({ signal }) => ({
      span,
      performance: await call('alarmPerformance', { query: { from: span.fromMs, to: span.toMs, operators }, signal }),
    }),
  });
  return { ...read, span };
}
