import { CITY, CITY_EVENTS, createCircumstances } from './circumstances.js';
import { ORDINARY_DEMAND } from './demand.js';
import type { Fault } from './fault-book.js';
import { createWeather } from './weather.js';

const HOUR_MS = 3_600_000;
const NOON_MS = Date.parse('2026-05-12T12:00:00+08:00');

function event(kind: string, hours: number, parameters: Record<string, number> = {}): Fault {
  return { kind, target: CITY, startMs: NOON_MS, endMs: NOON_MS + hours * HOUR_MS, parameters };
}

describe('the circumstances of a city', () => {
  it('are those of the ordinary year until something befalls it', () => {
    const { weather, demand } = createCircumstances('7');
    const ordinary = createWeather('7');
    for (let h = 0; h < 48; h++) {
      const tMs = NOON_MS + h * HOUR_MS;
      expect(weather.airC(tMs)).toBe(ordinary.airC(tMs));
      expect(weather.rain1hMm(tMs)).toBe(ordinary.rain1hMm(tMs));
      expect(demand.gas(tMs)).toBe(ORDINARY_DEMAND.gas(tMs));
    }
  });

  it.each(CITY_EVENTS.map(({ kind }) => kind))('know %s in its time and not outside', (kind) => {
    const { weather, demand, inject } = createCircumstances('7');
    const ordinary = createWeather('7');
    inject(event(kind, 12));
    const differs = (tMs: number): boolean =>
      weather.airC(tMs) !== ordinary.airC(tMs) ||
      weather.rainMmH(tMs) !== ordinary.rainMmH(tMs) ||
      (Object.keys(ORDINARY_DEMAND) as (keyof typeof ORDINARY_DEMAND)[]).some(
        (name) => demand[name](tMs) !== ORDINARY_DEMAND[name](tMs),
      );
    expect(differs(NOON_MS + 6 * HOUR_MS)).toBe(true);
    expect(differs(NOON_MS - 1)).toBe(false);
    expect(differs(NOON_MS + 12 * HOUR_MS)).toBe(false);
  });

  it('come and go without a jump', () => {
    const { demand, inject } = createCircumstances('7');
    inject(event('holiday', 24));
    for (let s = -60; s < 24 * 3600 + 60; s += 60) {
      const [a, b] = [demand.workPower(NOON_MS + s * 1000), demand.workPower(NOON_MS + (s + 60) * 1000)];
      expect(Math.abs(b / a - 1)).toBeLessThan(0.02);
    }
  });

  it('keep the sum of the rain that falls', () => {
    const { weather, inject } = createCircumstances('7');
    inject(event('rain', 1, { peakMmH: 40 }));
    const ordinary = createWeather('7');
    const endMs = NOON_MS + HOUR_MS;
    expect(weather.rain1hMm(endMs) - ordinary.rain1hMm(endMs)).toBeCloseTo(20, 1);
  });
});
