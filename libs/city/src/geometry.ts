/** Plane geometry in metres, in the frame of a town, and the way to longitude and latitude. */

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Longitude, latitude (WGS 84). */
export type LonLat = [number, number];

const M_PER_DEG_LAT = 110_900;
const M_PER_DEG_LON_AT_EQUATOR = 111_320;

/** Local plane around a centre: good to a part in a thousand within 20 km. */
export class Frame {
  private readonly mPerDegLon: number;

  constructor(readonly centre: LonLat) {
    this.mPerDegLon = M_PER_DEG_LON_AT_EQUATOR * Math.cos((centre[1] * Math.PI) / 180);
  }

  /** Rounded to a centimetre's worth of degrees, so that files stay small. */
  toLonLat(point: Point): LonLat {
    return [
      Math.round((this.centre[0] + point.x / this.mPerDegLon) * 1e6) / 1e6,
      Math.round((this.centre[1] + point.y / M_PER_DEG_LAT) * 1e6) / 1e6,
    ];
  }

  toPoint([lon, lat]: readonly [number, number]): Point {
    return { x: (lon - this.centre[0]) * this.mPerDegLon, y: (lat - this.centre[1]) * M_PER_DEG_LAT };
  }
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

export function lineLength(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1]!, line[i]!);
  return sum;
}

/** The point `share` (0 to 1) of the way along a line. */
export function alongLine(line: readonly Point[], share: number): Point {
  let left = lineLength(line) * share;
  for (let i = 1; i < line.length; i++) {
    const step = distance(line[i - 1]!, line[i]!);
    if (left <= step && step > 0) return between(line[i - 1]!, line[i]!, left / step);
    left -= step;
  }
  return line[line.length - 1]!;
}

export function polygonArea(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    sum += a.x * b.y - b.x * a.y;
  }
  return Math.abs(sum) / 2;
}

export function centroid(ring: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of ring) {
    x += point.x;
    y += point.y;
  }
  return { x: x / ring.length, y: y / ring.length };
}

/** Even-odd rule; the ring may be closed or not. */
export function insideRing(point: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

export interface Nearest {
  readonly distanceM: number;
  /** Direction of the line there, radians. */
  readonly headingRad: number;
  /** Which side of the line: positive is left. */
  readonly side: number;
}

/** Nearest place on a line. */
export function nearestOnLine(point: Point, line: readonly Point[]): Nearest {
  let bestSquared = Infinity;
  let bestPiece = 1;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const squared = dx * dx + dy * dy;
    if (squared === 0) continue;
    const px = point.x - a.x;
    const py = point.y - a.y;
    const share = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
    const ax = px - dx * share;
    const ay = py - dy * share;
    const away = ax * ax + ay * ay;
    if (away < bestSquared) {
      bestSquared = away;
      bestPiece = i;
    }
  }
  const a = line[bestPiece - 1]!;
  const b = line[bestPiece]!;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return {
    distanceM: Math.sqrt(bestSquared),
    headingRad: Math.atan2(dy, dx),
    side: dx * (point.y - a.y) - dy * (point.x - a.x) >= 0 ? 1 : -1,
  };
}

/** Smooth line through all points (Catmull-Rom), `steps` pieces between each two. */
export function smoothLine(points: readonly Point[], steps: number): Point[] {
  const out: Point[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i]!;
    const p2 = points[i + 1]!;
    const p0 = points[i - 1] ?? p1;
    const p3 = points[i + 2] ?? p2;
    for (let s = 0; s < steps; s++) {
      const t = s / steps;
      const blend = (a: number, b: number, c: number, d: number): number =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
      out.push({ x: blend(p0.x, p1.x, p2.x, p3.x), y: blend(p0.y, p1.y, p2.y, p3.y) });
    }
  }
  out.push(points[points.length - 1]!);
  return out;
}

/** The line moved sideways by `offsetM` (positive to the left). */
export function offsetLine(line: readonly Point[], offsetM: number): Point[] {
  return line.map((point, i) => {
    const a = line[Math.max(0, i - 1)]!;
    const b = line[Math.min(line.length - 1, i + 1)]!;
    const length = distance(a, b) || 1;
    return { x: point.x - ((b.y - a.y) / length) * offsetM, y: point.y + ((b.x - a.x) / length) * offsetM };
  });
}
