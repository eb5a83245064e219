import 'uplot/dist/uPlot.min.css';
import type { AlarmPerformance } from '@lifeline/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../theme/appearance.js';
import { hourMinute, monthDayTime } from '../../words/times.js';
import { useAgeWords, useZone } from '../../words/use-words.js';
import { AnnouncedPlot, type AnnouncedPicture } from './announced-plot.js';
import { barsOf, type Span } from './spans.js';
import styles from './performance.module.css';

interface AnnouncedChartProps {
  readonly performance: AlarmPerformance;
  readonly span: Span;
  /** Announcements in ten minutes that the crew on duty may bear. */
  readonly atMost: number;
}

/** Announcements of each ten minutes as bars, the floods shaded, the peak's target as a line. */
export function AnnouncedChart({ performance, span, atMost }: AnnouncedChartProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const ageWords = useAgeWords();
  const { palette } = useAppearance();
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<AnnouncedPlot>(undefined);
  const [cursor, setCursor] = useState<number>();
  const { slots, floods } = performance;
  const picture = useMemo<AnnouncedPicture>(
    () => ({ bars: barsOf(slots), span, floods, atMost, targetWord: t('performance.targetLine', { count: atMost }) }),
    [slots, span, floods, atMost, t],
  );
  const latest = useRef(picture);
  useEffect(() => {
    latest.current = picture;
    plot.current?.show(picture);
  }, [picture]);
  useEffect(() => {
    if (container.current === null) return undefined;
    const look = { palette, zone, font: `11px ${getComputedStyle(document.body).fontFamily}` };
    const made = new AnnouncedPlot(container.current, look, latest.current, setCursor);
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.stop();
    };
  }, [palette, zone]);
  const { slotMs, counts } = picture.bars;
  const startMs = cursor === undefined ? undefined : span.fromMs + cursor * slotMs;
  const each = slotMs === 600_000 ? t('performance.bars') : t('performance.barsPeak', { each: ageWords(slotMs) });
  return (
    <section className={styles.chart} aria-label={t('performance.chart')}>
      <header className={styles.chartHead}>
        <h2>{each}</h2>
        <span className={styles.legend}>
          <i className={styles.floodSwatch} aria-hidden /> {t('performance.floodShade')}
        </span>
        <span className="quiet" data-testid="bar-readout">
          {startMs !== undefined &&
            cursor !== undefined &&
            t('performance.bar', {
              from: monthDayTime(startMs, zone).slice(0, -3),
              to: hourMinute(startMs + slotMs, zone),
              count: counts[cursor] ?? 0,
            })}
        </span>
      </header>
      <div
        ref={container}
        className={styles.plot}
        role="img"
        aria-label={t('performance.chartSays', { count: performance.announced, floods: floods.length })}
        data-testid="announced-chart"
      />
      <PrintedBars picture={picture} />
    </section>
  );
}

const WIDTH = 720;
const HEIGHT = 120;

/** The same bars for paper, black on white: a canvas is drawn in the colours of the screen. */
function PrintedBars({ picture }: { readonly picture: AnnouncedPicture }) {
  const zone = useZone();
  const { bars, span, floods, atMost, targetWord } = picture;
  const top = Math.max(atMost * 1.2, ...bars.counts);
  const x = (atMs: number): number => (WIDTH * (atMs - span.fromMs)) / (span.toMs - span.fromMs);
  const y = (count: number): number => HEIGHT * (1 - count / top);
  const barPx = x(span.fromMs + bars.slotMs);
  const ticks = Array.from({ length: 7 }, (_, i) => span.fromMs + (i / 6) * (span.toMs - span.fromMs));
  return (
    <svg className={styles.onPaper} viewBox={`-28 -4 ${WIDTH + 56} ${HEIGHT + 22}`} aria-hidden>
      {floods.map(({ fromMs, toMs }) => (
        <rect
          key={fromMs}
          x={x(Math.max(fromMs, span.fromMs))}
          width={Math.max(1, x(toMs) - x(Math.max(fromMs, span.fromMs)))}
          y={0}
          height={HEIGHT}
          fill="#d8d8d8"
        />
      ))}
      {bars.counts.map((count, i) => (
        <rect key={i} x={i * barPx + barPx * 0.1} width={barPx * 0.8} y={y(count)} height={HEIGHT - y(count)} />
      ))}
      <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} stroke="#000" />
      <line x1={0} x2={WIDTH} y1={y(atMost)} y2={y(atMost)} stroke="#000" strokeDasharray="4 3" />
      <text x={WIDTH} y={y(atMost) - 3} fontSize={9} textAnchor="end">
        {targetWord}
      </text>
      {[0, Math.round(top)].map((count) => (
        <text key={count} x={-4} y={y(count) + 3} fontSize={9} textAnchor="end">
          {count}
        </text>
      ))}
      {ticks.map((atMs) => (
        <text key={atMs} x={x(atMs)} y={HEIGHT + 13} fontSize={9} textAnchor="middle">
          {monthDayTime(atMs, zone).slice(0, -3)}
        </text>
      ))}
    </svg>
  );
}
