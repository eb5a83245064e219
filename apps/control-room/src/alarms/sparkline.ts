import type { ReadingsAnswer } from '@lifeline/contracts';

export interface Sparkline {
  /** SVG path of the line; empty where there is nothing to draw. */
  readonly path: string;
  /** Height of the limit in the picture; undefined where the alarm has none. */
  readonly limitY: number | undefined;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Time and value of what the history answered; bad readings are left out, as a gap. */
export function sparkPoints(answer: ReadingsAnswer): readonly (readonly [number, number | null])[] {
  if ('buckets' in answer) return answer.buckets.map(([atMs, , , mean]) => [atMs, mean]);
  return answer.readings.map(([atMs, value, quality]) => [atMs, quality === 'bad' ? null : value]);
}

/** Draws the line and its limit into one box, both on one scale, so that the limit is always in the picture. */
export function sparklineOf(
  points: readonly (readonly [number, number | null])[],
  limit: number | undefined,
  { width, height }: Box,
): Sparkline {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const first = points[0];
  const last = points.at(-1);
  if (values.length === 0 || first === undefined || last === undefined) return { path: '', limitY: undefined };
  const all = limit === undefined ? values : [...values, limit];
  let low = all[0]!;
  let high = all[0]!;
  for (const value of all) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const inset = 1.5;
  const span = high - low;
  const y = (value: number): number =>
    span === 0 ? height / 2 : inset + (1 - (value - low) / span) * (height - 2 * inset);
  const duration = last[0] - first[0];
  const x = (atMs: number): number => (duration === 0 ? width : ((atMs - first[0]) / duration) * width);
  let path = '';
  let broken = true;
  for (const [atMs, value] of points) {
    if (value === null) {
      broken = true;
      continue;
    }
    path += `${broken ? 'M' : 'L'}${x(atMs).toFixed(1)} ${y(value).toFixed(1)}`;
    broken = false;
  }
  return { path, limitY: limit === undefined ? undefined : y(limit) };
}
