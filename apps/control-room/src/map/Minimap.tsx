import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useAppearance } from '../theme/appearance.js';
import { PRIORITIES, type MapSensors } from '@lifeline/contracts';
import type { CityMap } from './city-map.js';
import { fromMiniature, inMiniature, miniatureOf, viewIn, type Miniature } from './miniature.js';
import { mercatorX, mercatorY } from './mercator.js';
import styles from './map.module.css';

const WIDTH = 176;
const HEIGHT = 128;
const MARK_PX = 3.5;

/** Where the arrows lead, in shares of what the map shows: as far as can be gone without losing sight of where one was. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.8, 0],
  ArrowRight: [0.8, 0],
  ArrowUp: [0, -0.8],
  ArrowDown: [0, 0.8],
};

/** The whole city small: where something is abnormal, and what of it the map shows. A click goes there, the arrows go on by a view. */
export function Minimap({ map }: { readonly map: CityMap }) {
  const { t } = useTranslation();
  const { palette } = useAppearance();
  const columns = useCell(useLive().columns);
  const view = useCell(map.viewBox);
  const abnormal = useCell(map.abnormalPlaces);
  const ground = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const miniature = useMemo(() => columns && miniatureOfAll(columns), [columns]);

  useEffect(() => {
    const pen = cleared(ground.current);
    if (pen === undefined || columns === undefined || miniature === undefined) return;
    pen.fillStyle = palette.map.network;
    // A dot a place would be drawn over itself hundreds of times: every pixel once.
    const isDrawn = new Uint8Array(WIDTH * HEIGHT);
    for (let i = 0; i < columns.count; i++) {
      const [x, y] = inMiniature(miniature, columns.lon[i]! / 1e7, columns.lat[i]! / 1e7);
      const at = Math.floor(y) * WIDTH + Math.floor(x);
      if (isDrawn[at] !== 0) continue;
      isDrawn[at] = 1;
      pen.fillRect(Math.floor(x), Math.floor(y), 1, 1);
    }
  }, [columns, miniature, palette]);

  useEffect(() => {
    const pen = cleared(marks.current);
    if (pen === undefined || miniature === undefined) return;
    // The worst lie on top.
    for (const { lon, lat, priority } of [...abnormal].sort(
      (a, b) => PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority),
    )) {
      const [x, y] = inMiniature(miniature, lon, lat);
      pen.fillStyle = palette.priority[priority].fill;
      pen.strokeStyle = palette.priority[priority].ink;
      pen.beginPath();
      pen.arc(x, y, MARK_PX, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
    if (view === undefined) return;
    pen.strokeStyle = palette.text;
    pen.strokeRect(...viewIn(miniature, view));
  }, [abnormal, view, miniature, palette]);

  if (miniature === undefined) return null;
  const go = ({ nativeEvent }: MouseEvent): void => {
    const [lon, lat] = fromMiniature(miniature, nativeEvent.offsetX, nativeEvent.offsetY);
    map.camera.goTo(lon, lat);
  };
  const step = (event: KeyboardEvent): void => {
    const [right, down] = STEPS[event.key] ?? [0, 0];
    if (right === 0 && down === 0) return;
    event.preventDefault();
    event.stopPropagation();
    map.camera.panBy(right, down);
  };
  return (
    <div
      className={styles.minimap}
      role="application"
      tabIndex={0}
      aria-label={t('map.minimap', { count: abnormal.length })}
      data-testid="minimap"
      onClick={go}
      onKeyDown={step}
    >
      <canvas ref={ground} width={WIDTH} height={HEIGHT} />
      <canvas ref={marks} width={WIDTH} height={HEIGHT} />
    </div>
  );
}

function cleared(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | undefined {
  const pen = canvas?.getContext('2d') ?? undefined;
  pen?.clearRect(0, 0, WIDTH, HEIGHT);
  return pen;
}

function miniatureOfAll({ count, lon, lat }: MapSensors): Miniature | undefined {
  if (count === 0) return undefined;
  let [west, south, east, north] = [lon[0]!, lat[0]!, lon[0]!, lat[0]!];
  for (let i = 1; i < count; i++) {
    west = Math.min(west, lon[i]!);
    east = Math.max(east, lon[i]!);
    south = Math.min(south, lat[i]!);
    north = Math.max(north, lat[i]!);
  }
  return miniatureOf(
    [mercatorX(west / 1e7), mercatorY(north / 1e7), mercatorX(east / 1e7), mercatorY(south / 1e7)],
    WIDTH,
    HEIGHT,
  );
}
