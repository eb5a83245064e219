import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useAddress, useChangeAddress } from '../frame/use-address.js';
import { useNowMs } from '../live/now.js';
import { Failed } from '../words/Failed.js';
import { hourMinute } from '../words/times.js';
import { useZone } from '../words/use-words.js';
import { barsOf, raisedIn, spanBetween } from './slots.js';
import styles from './timeline.module.css';

const DAY_MS = 86_400_000;
const SLOTS = 288;
const SLOT_MS = DAY_MS / SLOTS;
const REREAD_MS = 30_000;
const HEIGHT = 40;
const LEAST_DRAG = 0.004;

/** Alarms raised in each five minutes of the last day; a drag chooses a span of time for the whole page. */
export function Timeline() {
  const { t } = useTranslation();
  const zone = useZone();
  const toMs = Math.ceil(useNowMs(10_000) / SLOT_MS) * SLOT_MS;
  const fromMs = toMs - DAY_MS;
  const rate = useQuery({
    queryKey: ['alarm-rate', fromMs],
    placeholderData: keepPreviousData,
    refetchInterval: REREAD_MS,
    queryFn: ({ signal }) => call('alarmRate', { query: { from: fromMs, to: toMs, slots: SLOTS }, signal }),
  });
  const slots = rate.data?.slots;
  const bars = useMemo(() => (slots === undefined ? [] : barsOf(slots)), [slots]);
  const [hovered, setHovered] = useState<number>();
  const pointed =
    hovered === undefined ? undefined : slots?.[Math.min(slots.length - 1, Math.floor(hovered * slots.length))];
  const drag = useDrag(fromMs, toMs, setHovered);
  const from = useAddress('from');
  const to = useAddress('to');
  const share = (atMs: number): number => Math.min(1, Math.max(0, (atMs - fromMs) / DAY_MS));
  const chosen = drag.span ?? (from === undefined || to === undefined ? undefined : { fromMs: from, toMs: to });
  const isQuiet = slots !== undefined && slots.every((slot) => raisedIn(slot) === 0);

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
      <Hours fromMs={fromMs} toMs={toMs} zone={zone} />
      <div className={styles.said}>
        {pointed !== undefined &&
          t('timeline.slot', { time: hourMinute(pointed.startMs, zone), count: raisedIn(pointed) })}
        {pointed === undefined && isQuiet && t('timeline.quiet')}
      </div>
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

/** Drag chooses a span, a click takes the choice back. */
function useDrag(fromMs: number, toMs: number, onHover: (share: number | undefined) => void) {
  const change = useChangeAddress();
  const start = useRef<number>(undefined);
  const [span, setSpan] = useState<{ readonly fromMs: number; readonly toMs: number }>();
  const shareOf = (event: PointerEvent<HTMLDivElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const hands = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      start.current = shareOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const share = shareOf(event);
      onHover(share);
      if (start.current !== undefined) setSpan(spanBetween(start.current, share, fromMs, toMs));
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      if (start.current === undefined) return;
      const share = shareOf(event);
      const drawn =
        Math.abs(share - start.current) >= LEAST_DRAG ? spanBetween(start.current, share, fromMs, toMs) : undefined;
      start.current = undefined;
      setSpan(undefined);
      change({ from: drawn?.fromMs, to: drawn?.toMs });
    },
    onPointerLeave: () => onHover(undefined),
  };
  return { span, hands };
}
