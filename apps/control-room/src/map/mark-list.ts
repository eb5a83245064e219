import { PRIORITIES, UTILITIES } from '@lifeline/contracts';
import type { Language } from '../i18n/languages.js';
import type { Palette } from '../theme/palette.js';
import { abnormalOf, worstOf, type Level } from './cluster-tree.js';
import { DISC_SHARE, TEXT_SHARE } from './mark-atlas.js';
import { advanceOf, cellNumber, shortCount, type CellName } from './mark-cells.js';
import type { SensorField } from './sensor-field.js';

/** Bytes of one picture for the graphics card: place (2), offset (2), size, cell as floats, and a colour. */
export const STRIDE = 28;
const WORDS = STRIDE / 4;
/** Text of a cluster's count, in pixels. */
const COUNT_PX = 10.5;
const BADGE_PX = 19;

/** West, north, east, south in Mercator. */
export type MercatorBox = readonly [number, number, number, number];

/** What can be pointed at. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  readonly radiusPx: number;
  readonly level: Level;
  readonly number: number;
}

/** Pictures to draw, in order, places relative to `origin`; and what can be pointed at. */
export interface MarkList {
  readonly origin: readonly [number, number];
  readonly bytes: ArrayBuffer;
  readonly count: number;
  readonly hits: readonly Hit[];
}

export interface MarkPaint {
  readonly palette: Palette;
  readonly language: Language;
}

/** All marks of sensors in a box at a zoom: single places as icons, clusters with their count and the worst that is in them. */
export function markList(field: SensorField, zoom: number, box: MercatorBox, paint: MarkPaint): MarkList {
  const level = field.tree.at(zoom);
  const pen = new MarkPen([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], paint);
  const abnormal: number[] = [];
  for (let number = 0; number < level.count; number++) {
    const x = level.x[number]!;
    const y = level.y[number]!;
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    if (worstOf(level, number) > 0) abnormal.push(number);
    else pen.mark(field, level, number, zoom);
  }
  // What is abnormal lies above what is not.
  for (const number of abnormal) pen.mark(field, level, number, zoom);
  return pen.list();
}

/** How large a cluster's disc is, in pixels. */
export function clusterRadius(sensors: number): number {
  if (sensors < 20) return 10;
  if (sensors < 100) return 13;
  if (sensors < 500) return 16;
  return sensors < 5000 ? 20 : 24;
}

class MarkPen {
  private floats = new Float32Array(WORDS * 512);
  private words = new Uint32Array(this.floats.buffer);
  private count = 0;
  private readonly hits: Hit[] = [];
  private readonly colours = new Map<string, number>();

  constructor(
    private readonly origin: readonly [number, number],
    private readonly paint: MarkPaint,
  ) {}

  list(): MarkList {
    const { origin, count, hits } = this;
    return { origin, bytes: this.floats.buffer.slice(0, count * STRIDE), count, hits };
  }

  mark(field: SensorField, level: Level, number: number, zoom: number): void {
    if (level.places[number] === 1) this.place(field, level, number, zoom);
    else this.cluster(level, number);
  }

  private place(field: SensorField, level: Level, number: number, zoom: number): void {
    // What is abnormal is drawn above all by a layer of its own.
    if (worstOf(level, number) > 0) return;
    const { palette } = this.paint;
    const { tree, columns } = field;
    const first = tree.members[tree.starts[level.aPlace[number]!]!]!;
    const utility = UTILITIES[columns.utility[first]!]!;
    const isMute = level.mute[number] === level.sensors[number];
    const [x, y] = [level.x[number]!, level.y[number]!];
    const size = 32 * (0.42 + 0.06 * Math.min(5, Math.max(0, zoom - 11)));
    this.picture(x, y, 0, 0, size, `halo-${utility}`, palette.map.land, 1);
    this.picture(x, y, 0, 0, size, `sensor-${utility}`, palette.process, isMute ? 0.45 : 1);
    this.hits.push({ x, y, radiusPx: Math.max(7, size / 2.6), level, number });
  }

  private cluster(level: Level, number: number): void {
    const { palette, language } = this.paint;
    const [x, y] = [level.x[number]!, level.y[number]!];
    const sensors = level.sensors[number]!;
    const worst = worstOf(level, number);
    const priority = PRIORITIES[4 - worst];
    const radius = clusterRadius(sensors);
    const opacity = level.mute[number] === sensors ? 0.5 : 1;
    const rim = priority === undefined ? palette.map.network : palette.priority[priority].ink;
    const rimPx = priority === undefined ? 1 : 2.2;
    this.picture(x, y, 0, 0, (2 * (radius + rimPx)) / DISC_SHARE, 'disc', rim, opacity);
    this.picture(x, y, 0, 0, (2 * radius) / DISC_SHARE, 'disc', palette.panel, 1);
    this.text(x, y, 0, 0, COUNT_PX, shortCount(sensors, language), palette.process, opacity);
    this.hits.push({ x, y, radiusPx: radius + 3, level, number });
    if (priority === undefined) return;
    const { fill, ink, on } = palette.priority[priority];
    const aside = radius * 0.8;
    const text = shortCount(abnormalOf(level, number), language);
    const size = BADGE_PX + Math.max(0, text.length - 1) * 5;
    this.picture(x, y, aside, -aside, size + 5, `shape-${priority}`, palette.panel, 1);
    this.picture(x, y, aside, -aside, size + 2, `shape-${priority}`, ink, 1);
    this.picture(x, y, aside, -aside, size, `shape-${priority}`, fill, 1);
    this.text(x, y, aside, -aside + (priority === 'orange' ? 1.4 : 0), 8.5, text, on, 1);
  }

  private text(
    x: number,
    y: number,
    dx: number,
    dy: number,
    px: number,
    text: string,
    colour: string,
    opacity: number,
  ) {
    const width = [...text].reduce((sum, character) => sum + advanceOf(character), 0) * px;
    let at = dx - width / 2;
    for (const character of text) {
      const advance = advanceOf(character) * px;
      this.picture(x, y, at + advance / 2, dy, px / TEXT_SHARE, character, colour, opacity);
      at += advance;
    }
  }

  private picture(
    x: number,
    y: number,
    dx: number,
    dy: number,
    sizePx: number,
    cell: CellName,
    colour: string,
    opacity: number,
  ): void {
    const at = this.count++ * WORDS;
    if (at + WORDS > this.floats.length) this.grow();
    const { floats } = this;
    floats[at] = x - this.origin[0];
    floats[at + 1] = y - this.origin[1];
    floats[at + 2] = dx;
    floats[at + 3] = dy;
    floats[at + 4] = sizePx;
    floats[at + 5] = cellNumber(cell);
    this.words[at + 6] = this.colourOf(colour, opacity);
  }

  private colourOf(colour: string, opacity: number): number {
    const key = `${colour}${opacity}`;
    const known = this.colours.get(key);
    if (known !== undefined) return known;
    const rgb = Number.parseInt(colour.slice(1), 16);
    const bytes = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, Math.round(opacity * 255)];
    const word = new Uint32Array(Uint8Array.from(bytes).buffer)[0]!;
    this.colours.set(key, word);
    return word;
  }

  private grow(): void {
    const wider = new Float32Array(this.floats.length * 2);
    wider.set(this.floats);
    this.floats = wider;
    this.words = new Uint32Array(wider.buffer);
  }
}
