/** U+2009: stands between a number and its unit. */
export const THIN_SPACE = '\u2009';

interface Scaled {
  readonly range: { readonly low: number; readonly high: number } | null;
}

/**
 * Decimals worth showing: a sensor is taken to be good for one part in 500 of its range (class 0.2), and no digit
 * beyond that means anything. Without a range, by the size of the number: four figures.
 */
export function decimalsFor(value: number, sensor?: Scaled): number {
  const span = sensor?.range == null ? undefined : sensor.range.high - sensor.range.low;
  const step = span === undefined ? Math.max(Math.abs(value), 1e-3) / 1000 : span / 500;
  return Math.min(4, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

/** The number as it is shown, without its unit; a dash where there is none. */
export function formatNumber(value: number | null | undefined, sensor?: Scaled): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toFixed(decimalsFor(value, sensor));
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '\u2212');
}

/** The number with its unit behind a thin space. */
export function withUnit(value: number | null | undefined, unit: string, sensor?: Scaled): string {
  const text = formatNumber(value, sensor);
  return unit === '' || unit === '1' ? text : `${text}${THIN_SPACE}${unit}`;
}

/** A count with its thousands told apart. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
