import type uPlot from 'uplot';
import { movedWindow, zoomedWindow } from './window.js';
import type { Span } from './chart-data.js';

interface Moves {
  onWindow(window: Span): void;
  onReset(): void;
}

/** The window is told to others once the hand rests. */
const REST_MS = 250;

/** Wheel zooms around the cursor, drag pans, double click resets. Gives what takes the hands off again. */
export function moveByHand(plot: uPlot, { onWindow, onReset }: Moves): () => void {
  const { over } = plot;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let grip: { readonly x: number; readonly window: Span } | undefined;

  const windowNow = (): Span => ({
    fromMs: (plot.scales['x']?.min ?? 0) * 1000,
    toMs: (plot.scales['x']?.max ?? 1) * 1000,
  });
  const go = (window: Span): void => {
    plot.setScale('x', { min: window.fromMs / 1000, max: window.toMs / 1000 });
    clearTimeout(timer);
    timer = setTimeout(() => onWindow(window), REST_MS);
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const share = (event.clientX - over.getBoundingClientRect().left) / over.clientWidth;
    go(zoomedWindow(windowNow(), share, event.deltaY < 0 ? 0.8 : 1.25));
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    grip = { x: event.clientX, window: windowNow() };
    over.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (grip === undefined || Math.abs(event.clientX - grip.x) < 3) return;
    go(movedWindow(grip.window, (grip.x - event.clientX) / over.clientWidth));
  };
  const onUp = (): void => {
    grip = undefined;
  };
  const onDouble = (): void => {
    clearTimeout(timer);
    onReset();
  };
  over.addEventListener('wheel', onWheel, { passive: false });
  over.addEventListener('pointerdown', onDown);
  over.addEventListener('pointermove', onMove);
  over.addEventListener('pointerup', onUp);
  over.addEventListener('dblclick', onDouble);
  return () => {
    clearTimeout(timer);
    over.removeEventListener('wheel', onWheel);
    over.removeEventListener('pointerdown', onDown);
    over.removeEventListener('pointermove', onMove);
    over.removeEventListener('pointerup', onUp);
    over.removeEventListener('dblclick', onDouble);
  };
}
