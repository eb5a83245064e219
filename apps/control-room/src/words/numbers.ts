import { displayUnit } from '@lifeline/catalogue';

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

/** Codes of UCUM (the Unified Code for Units of Measure) that people write otherwise. */
const WRITTEN: Readonly<Record<string, string>> = {
  Cel: '°C',
  '1': '',
  '{count}': '',
  '%{LEL}': '%LEL',
  '%{vol}': '%vol',
  deg: '°',
};

/** A unit as an operator reads it: `m3/h` is m³/h, `Cel` is °C. */
export function shownUnit(unit: string): string {
  // The catalogue's units read alike in both languages; what a city registers beyond them follows the rules below.
  const known = displayUnit(unit).en;
  if (known !== unit) return known;
  const written = WRITTEN[unit];
  if (written !== undefined) return written;
  return unit
    .replace(/\{(\w+)\}/g, '$1')
    .replace(/([a-zA-Z])2(?![0-9])/g, '$1²')
    .replace(/([a-zA-Z])3(?![0-9])/g, '$1³');
}

/** The number with its unit behind a thin space. */
export function withUnit(value: number | null | undefined, unit: string, sensor?: Scaled): string {
  const text = formatNumber(value, sensor);
  const shown = shownUnit(unit);
  return shown === '' ? text : `${text}${THIN_SPACE}${shown}`;
}

/** A count with its thousands told apart. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
