import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MultiPlot, shapeOf, type MultiPicture } from '../../chart/multi-plot.js';
import type { Span } from '../../chart/chart-data.js';
import { movedWindow, zoomedWindow } from '../../chart/window.js';
import { Cell } from '../../live/cell.js';
import { useAppearance } from '../../theme/appearance.js';
import { useZone } from '../../words/use-words.js';
import styles from './history.module.css';

interface PlotPaneProps {
  readonly picture: MultiPicture;
  /** The moment under the cursor. */
  readonly cursor: Cell<number | undefined>;
  onWindow(window: Span): void;
  onReset(): void;
}

/** Shares of the window that a key moves by. */
const STEP = 0.1;
const CURSOR_STEP = 0.01;

/** The chart, by hand (wheel, drag, double click) and by keys (arrows, plus and minus, 0; comma and full stop move the cursor). */
export function PlotPane({ picture, cursor, onWindow, onReset }: PlotPaneProps) {
  const { t } = useTranslation();
  const { name: theme } = useAppearance();
  const zone = useZone();
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<MultiPlot>(undefined);
  const latest = useRef({ picture, onWindow, onReset });
  useEffect(() => {
    latest.current = { picture, onWindow, onReset };
  });
  const shape = shapeOf(picture);
  useEffect(() => {
    if (container.current === null) return undefined;
    const look = { theme, zone, font: `11px ${getComputedStyle(document.body).fontFamily}` };
    const made = new MultiPlot(container.current, look, latest.current.picture, {
      onWindow: (window) => latest.current.onWindow(window),
      onReset: () => latest.current.onReset(),
      onCursor: (atMs) => cursor.set(atMs),
    });
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.stop();
    };
  }, [shape, theme, zone, cursor]);
  useEffect(() => plot.current?.show(picture), [picture]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { window } = picture;
    const share = event.shiftKey ? STEP * 5 : STEP;
    const pointed = (by: number): void => {
      const length = window.toMs - window.fromMs;
      const atMs = (cursor.get() ?? (window.fromMs + window.toMs) / 2) + by * CURSOR_STEP * length;
      plot.current?.pointAt(Math.min(window.toMs, Math.max(window.fromMs, atMs)));
    };
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => onWindow(movedWindow(window, -share)),
      ArrowRight: () => onWindow(movedWindow(window, share)),
      ArrowUp: () => onWindow(zoomedWindow(window, 0.5, 0.5)),
      ArrowDown: () => onWindow(zoomedWindow(window, 0.5, 2)),
      '+': () => onWindow(zoomedWindow(window, 0.5, 0.5)),
      '=': () => onWindow(zoomedWindow(window, 0.5, 0.5)),
      '-': () => onWindow(zoomedWindow(window, 0.5, 2)),
      '0': onReset,
      ',': () => pointed(-1),
      '.': () => pointed(1),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={container}
      className={styles.plot}
      tabIndex={0}
      role="application"
      aria-label={t('history.chartLabel')}
      data-testid="history-plot"
      onKeyDown={onKeyDown}
    />
  );
}
