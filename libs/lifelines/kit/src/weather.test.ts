import fc from 'fast-check';
import { createWeather, localHour, localWeekday } from './weather.js';

const weather = createWeather('7');
const year = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });

describe('the weather of the simulated city', () => {
  it('stays in what the place knows, and its rain under the high limit of 20 mm in an hour', () => {
    fc.assert(
      fc.property(year, (tMs) => {
        expect(weather.airC(tMs)).toBeGreaterThan(-8);
        expect(weather.airC(tMs)).toBeLessThan(39);
        expect(weather.sun(tMs) >= 0 && weather.sun(tMs) <= 1).toBe(true);
        expect(weather.rain1hMm(tMs)).toBeLessThan(14);
        expect(weather.windMs(tMs)).toBeLessThan(10);
      }),
      { numRuns: 2000 },
    );
  });

  it('is warm in July afternoons and cold in January nights', () => {
    expect(weather.airC(Date.parse('2026-07-20T14:30:00+08:00'))).toBeGreaterThan(26);
    expect(weather.airC(Date.parse('2026-01-15T02:30:00+08:00'))).toBeLessThan(5);
  });

  it('rains on some hours of a summer month and not on most', () => {
    const hours = Array.from({ length: 31 * 24 }, (_, i) => weather.rainMmH(Date.UTC(2026, 6, 1) + i * 3_600_000));
    const wet = hours.filter((mm) => mm > 0.1).length;
    expect(wet).toBeGreaterThan(20);
    expect(wet).toBeLessThan(300);
  });
});

describe('local time', () => {
  it('is eight hours ahead of UTC', () => {
    expect(localHour(Date.parse('2026-03-01T06:30:00+08:00'))).toBe(6.5);
    expect(localWeekday(Date.parse('2026-03-01T00:30:00+08:00'))).toBe(0);
  });
});
