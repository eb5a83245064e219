import { useThrottledValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { HistoryIcon } from 'lucide-react';
import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useAddress, useChangeAddress } from '../frame/use-address.js';
import { useOpenAlarms } from '../live/live-context.js';
import { useRealNowMs } from '../live/now.js';
import { usePast, usePastMinute } from '../past/use-past.js';
import { Failed } from '../words/Failed.js';
import { hourMinute, hourMinuteSecond } from '../words/times.js';
import { useZone } from '../words/use-words.js';
import { barsOf, raisedIn, spanBetween } from './slots.js';
import styles from './timeline.module.css';

const DAY_MS = 86_400_000;
const SLOTS = 288;
const SLOT_MS = DAY_MS / SLOTS;
const REREAD_MS = 30_000;
/** A new alarm is counted at once, but a flood of them no more often than this. */
const COUNT_AGAIN_MS = 5_000;
const HEIGHT = 40;
const LEAST_DRAG = 0.004;
/** How much of the time after a past moment is shown, at least. */
const SHOWN_AFTER_MS = 3 * 3_600_000;
/** Where looking back begins. */
const LOOK_BACK_MS = 10 * 60_000;

/**
 * Alarms raised in each five minutes of a day: the last, or the one around the past moment that is shown. A press or a drag goes
 * back to a moment; with shift it chooses a span of time for the charts.
 */
export function Timeline() {
  const { t } = useTranslation();
  const zone = useZone();
  const { goTo, leave } = usePast();
  const pastMs = usePastMinute(1000);
  const endMs = useTimelineEnd(pastMs);
  const toMs = Math.ceil(endMs / SLOT_MS) * SLOT_MS;
  const fromMs = toMs - DAY_MS;
  const open = useOpenAlarms();
  const newestMs = useMemo(() => open.reduce((newest, { raisedAtMs }) => Math.max(newest, raisedAtMs), 0), [open]);
  const countedMs = useThrottledValue(newestMs, COUNT_AGAIN_MS);
  const rate = useQuery({
    queryKey: ['alarm-rate', fromMs, countedMs],
    placeholderData: keepPreviousData,
    refetchInterval: REREAD_MS,
    queryFn: ({ signal }) => call('alarmRate', { query: { from: fromMs, to: toMs, slots: SLOTS }, signal }),
  });
  const slots = rate.data?.slots;
  const bars = useMemo(() => (slots === undefined ? [] : barsOf(slots)), [slots]);
  const [hovered, setHovered] = useState<number>();
  const pointed =
    hovered === undefined ? undefined : slots?.[Math.min(slots.length - 1, Math.floor(hovered * slots.length))];
  const drag = useDrag(fromMs, toMs, setHovered, (atMs) => (atMs < Date.now() ? goTo(atMs) : leave()));
  const from = useAddress('from');
  const to = useAddress('to');
  const share = (atMs: number): number => Math.min(1, Math.max(0, (atMs - fromMs) / DAY_MS));
  const { gesture } = drag;
  const chosen =
    gesture?.kind === 'span'
      ? gesture
      : from === undefined || to === undefined
        ? undefined
        : { fromMs: from, toMs: to };
  const headMs = gesture?.kind === 'moment' ? gesture.atMs : pastMs;
  const isQuiet =
    slots !== undefined && slots.every((slot) => raisedIn(slot) === 0) && !(newestMs >= fromMs && newestMs < toMs);

  if (rate.isError && slots === undefined) {
    return (
      <div className={styles.timeline}>
        <Failed what={t('timeline.what')} error={rate.error} onRetry={() => void rate.refetch()} />
      </div>
    );
  }
  return (
    <div
      className={styles.timeline}
      data-testid="timeline"
      aria-label={t('timeline.label')}
      role="group"
      {...drag.hands}
    >
      <svg className={styles.bars} viewBox={`0 0 ${SLOTS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {chosen !== undefined && (
          <rect
            className={styles.chosen}
            x={share(chosen.fromMs) * SLOTS}
            width={Math.max(1, (share(chosen.toMs) - share(chosen.fromMs)) * SLOTS)}
            y={0}
            height={HEIGHT}
          />
        )}
        {bars.map(({ slot, priority, from: low, to: high }) => (
          <rect
            key={`${slot} ${priority}`}
            x={slot + 0.1}
            width={0.8}
            y={HEIGHT * (1 - high)}
            height={HEIGHT * (high - low)}
            fill={`var(--p-${priority}-fill)`}
          />
        ))}
      </svg>
      {headMs !== undefined && headMs >= fromMs && headMs <= toMs && (
        <div className={styles.head} style={{ left: `${share(headMs) * 100}%` }} data-testid="timeline-head">
          <span data-side={share(headMs) > 0.9 ? 'left' : 'right'}>{hourMinuteSecond(headMs, zone)}</span>
        </div>
      )}
      <Hours fromMs={fromMs} toMs={toMs} zone={zone} />
      <div className={styles.said}>
        {pointed !== undefined &&
          t('timeline.slot', { time: hourMinute(pointed.startMs, zone), count: raisedIn(pointed) })}
        {pointed === undefined && isQuiet && t('timeline.quiet')}
      </div>
      {pastMs === undefined && (
        <button
          type="button"
          className={styles.back}
          title={t('past.lookBackWhy')}
          data-testid="look-back"
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => goTo(Date.now() - LOOK_BACK_MS)}
        >
          <HistoryIcon size={13} strokeWidth={1.8} aria-hidden />
          {t('past.lookBack')}
        </button>
      )}
    </div>
  );
}

function Hours({ fromMs, toMs, zone }: { readonly fromMs: number; readonly toMs: number; readonly zone: string }) {
  const step = 3 * 3_600_000;
  const marks: number[] = [];
  for (let atMs = Math.ceil(fromMs / step) * step; atMs < toMs; atMs += step) marks.push(atMs);
  return (
    <div className={styles.hours} aria-hidden>
      {marks.map((atMs) => (
        <span key={atMs} style={{ left: `${((atMs - fromMs) / (toMs - fromMs)) * 100}%` }}>
          {hourMinute(atMs, zone)}
        </span>
      ))}
    </div>
  );
}

/** The end of the day that is shown: now, or where the past moment is further back than a day, some hours after it. */
function useTimelineEnd(pastMs: number | undefined): number {
  const nowMs = useRealNowMs(10_000);
  if (pastMs === undefined || nowMs - pastMs < DAY_MS - SHOWN_AFTER_MS) return nowMs;
  return Math.min(nowMs, Math.ceil(pastMs / SHOWN_AFTER_MS + 1) * SHOWN_AFTER_MS);
}

type Gesture =
  | { readonly kind: 'moment'; readonly atMs: number }
  | { readonly kind: 'span'; readonly fromMs: number; readonly toMs: number };

/** A drag chooses a moment; with shift a span, where a mere click takes the choice back. */
function useDrag(
  fromMs: number,
  toMs: number,
  onHover: (share: number | undefined) => void,
  onMoment: (atMs: number) => void,
) {
  const change = useChangeAddress();
  const start = useRef<{ readonly share: number; readonly isSpan: boolean }>(undefined);
  const [gesture, setGesture] = useState<Gesture>();
  const shareOf = (event: PointerEvent<HTMLDivElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const gestureAt = (share: number): Gesture | undefined => {
    if (start.current === undefined) return undefined;
    if (!start.current.isSpan) return { kind: 'moment', atMs: Math.round(fromMs + share * (toMs - fromMs)) };
    return { kind: 'span', ...spanBetween(start.current.share, share, fromMs, toMs) };
  };
  const hands = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      start.current = { share: shareOf(event), isSpan: event.shiftKey };
      event.currentTarget.setPointerCapture(event.pointerId);
      setGesture(gestureAt(start.current.share));
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const share = shareOf(event);
      onHover(share);
      if (start.current !== undefined) setGesture(gestureAt(share));
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const share = shareOf(event);
      const done = gestureAt(share);
      const isDrawn = start.current !== undefined && Math.abs(share - start.current.share) >= LEAST_DRAG;
      start.current = undefined;
      setGesture(undefined);
      if (done?.kind === 'moment') onMoment(done.atMs);
      if (done?.kind === 'span')
        change(isDrawn ? { from: done.fromMs, to: done.toMs } : { from: undefined, to: undefined });
    },
    onPointerLeave: () => onHover(undefined),
  };
  return { gesture, hands };
}
