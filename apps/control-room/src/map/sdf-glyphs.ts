import type { Priority, Utility } from '@lifeline/contracts';

/** A point of a glyph's outline in a box of 24 by 24, y downwards. */
type Point = readonly [number, number];

const disc = (radius: number): Point[] =>
  Array.from({ length: 40 }, (_, i) => {
    const angle = (i / 40) * 2 * Math.PI;
    return [12 + radius * Math.cos(angle), 12 + radius * Math.sin(angle)];
  });

/** The marks of the four priorities: square, triangle, diamond, disc. */
const PRIORITY_OUTLINES: Readonly<Record<Priority, readonly Point[]>> = {
  red: [
    [4, 4],
    [20, 4],
    [20, 20],
    [4, 20],
  ],
  orange: [
    [12, 2],
    [22, 20],
    [2, 20],
  ],
  yellow: [
    [12, 1.5],
    [22.5, 12],
    [12, 22.5],
    [1.5, 12],
  ],
  blue: disc(9),
};

/** Sensors in their normal state: a valve, a bolt, an arch, a drop. */
const UTILITY_OUTLINES: Readonly<Record<Utility, readonly Point[]>> = {
  gas: [
    [3, 5.5],
    [12, 10.8],
    [21, 5.5],
    [21, 18.5],
    [12, 13.2],
    [3, 18.5],
  ],
  power: [
    [13.5, 2.5],
    [6, 13.5],
    [11, 13.5],
    [9.5, 21.5],
    [18, 10],
    [12.8, 10],
  ],
  bridge: [
    [3, 7],
    [21, 7],
    [21, 17],
    [17.5, 17],
    [16.5, 13.5],
    [14, 11.5],
    [10, 11.5],
    [7.5, 13.5],
    [6.5, 17],
    [3, 17],
  ],
  drainage: [
    [12, 2.5],
    [16.5, 10],
    [18, 14.5],
    [16.5, 18.5],
    [12, 20.5],
    [7.5, 18.5],
    [6, 14.5],
    [7.5, 10],
  ],
};

export interface GlyphImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Distance from a point to a polygon's edge; negative inside. */
export function signedDistance(outline: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[j]!;
    const [bx, by] = outline[i]!;
    const dx = bx - ax;
    const dy = by - ay;
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside ? -nearest : nearest;
}

/** The outline of a glyph by its name, `mark-red` or `sensor-gas`. */
export function outlineOf(name: string): readonly Point[] {
  const [kind, of] = name.split('-') as [string, string];
  const outlines: Readonly<Record<string, readonly Point[]>> = kind === 'mark' ? PRIORITY_OUTLINES : UTILITY_OUTLINES;
  const outline = outlines[of];
  if (outline === undefined) throw new RangeError(`the map has no glyph ${name}`);
  return outline;
}

/** Pixels a side; drawn at a pixel ratio of 2. */
const SIDE = 64;
/** MapLibre reads the edge at 3/4 of the alpha range, and 8 pixels to each side of it (as its TinySDF writes them). */
const EDGE = 0.75;
const REACH = 8;

/** A signed distance image for `map.addImage(…, { sdf: true })`; `stroke` in the glyph's box draws the outline alone. */
export function sdfImage(outline: readonly Point[], stroke?: number): GlyphImage {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  const scale = SIDE / 32;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const filled = signedDistance(outline, (column + 0.5) / scale - 4, (row + 0.5) / scale - 4);
      const distance = stroke === undefined ? filled : Math.abs(filled + stroke / 2) - stroke / 2;
      const at = (row * SIDE + column) * 4;
      data[at + 3] = Math.round(255 * (EDGE - (distance * scale) / REACH / 2));
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/** All glyphs of the map by the names its layers use. */
export function glyphs(): ReadonlyMap<string, GlyphImage> {
  const images = new Map<string, GlyphImage>();
  for (const [priority, outline] of Object.entries(PRIORITY_OUTLINES)) {
    images.set(`mark-${priority}`, sdfImage(outline));
    images.set(`mark-${priority}-hollow`, sdfImage(outline, 2.4));
  }
  for (const [utility, outline] of Object.entries(UTILITY_OUTLINES)) images.set(`sensor-${utility}`, sdfImage(outline));
  return images;
}
