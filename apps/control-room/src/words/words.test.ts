import fc from 'fast-check';
import { decimalsFor, formatNumber, shownUnit, withUnit } from './numbers.js';
import { ageOf, dayOf, hourMinute, hourMinuteSecond, shortTime } from './times.js';

const zone = 'Asia/Shanghai';
const eveningMs = Date.parse('2026-11-24T13:40:06Z');

test('times are those of the city, in 24 h', () => {
  expect(hourMinute(eveningMs, zone)).toBe('21:40');
  expect(hourMinuteSecond(eveningMs, zone)).toBe('21:40:06');
  expect(hourMinute(Date.parse('2026-11-24T16:05:00Z'), zone)).toBe('00:05');
  expect(dayOf(Date.parse('2026-11-24T16:05:00Z'), zone)).toBe('2026-11-25');
});

test('a time of another day carries its day', () => {
  expect(shortTime(eveningMs, eveningMs + 60_000, zone)).toBe('21:40');
  expect(shortTime(eveningMs, eveningMs + 86_400_000, zone)).toBe('11-24 21:40');
});

test('ages are said in one unit', () => {
  expect(ageOf(14_000)).toEqual({ unit: 'seconds', count: 14 });
  expect(ageOf(185_000)).toEqual({ unit: 'minutes', count: 3 });
  expect(ageOf(7_200_000)).toEqual({ unit: 'hours', count: 2 });
  expect(ageOf(3 * 86_400_000)).toEqual({ unit: 'days', count: 3 });
  expect(ageOf(-5)).toEqual({ unit: 'seconds', count: 0 });
});

test('decimals follow the range of the instrument', () => {
  expect(decimalsFor(182, { range: { low: 0, high: 400 } })).toBe(1);
  expect(decimalsFor(182, { range: { low: 0, high: 1000 } })).toBe(0);
  expect(decimalsFor(0.2, { range: { low: 0, high: 5 } })).toBe(2);
});

test('a number stands before its unit with a thin space, and nothing is a dash', () => {
  expect(withUnit(182, 'kPa', { range: { low: 0, high: 1000 } })).toBe('182\u2009kPa');
  expect(withUnit(null, 'kPa')).toBe('–\u2009kPa');
  expect(formatNumber(-0.0001, { range: { low: -500, high: 500 } })).toBe('0');
  expect(formatNumber(-4.25, { range: { low: -10, high: 40 } })).toBe('\u22124.3');
});

test('what is shown is never further from the value than half its last digit', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
      const shown = Number(formatNumber(value).replace('\u2212', '-'));
      expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimalsFor(value) * (1 + 1e-6));
    }),
  );
});

test('units are written as people write them', () => {
  expect(['10*-6{strain}', 'm3/h', 'Cel', '%{LEL}', 'mm/s2', 'kPa', '1'].map(shownUnit)).toEqual([
    'µε',
    'm³/h',
    '°C',
    '%LEL',
    'mm/s²',
    'kPa',
    '',
  ]);
});
