import fc from 'fast-check';
import { FORECAST_STEPS, LoadForecast } from './load-forecast.js';

const HALF_HOUR_MS = 1_800_000;
const MONDAY_MS = Date.parse('2026-07-06T00:00:00+08:00');

const usual = (atMs: number): number => {
  const hour = ((atMs - MONDAY_MS) / 3_600_000) % 24;
  return 50 + 20 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
};

function learned(days: number, load: (atMs: number) => number): LoadForecast {
  const forecast = new LoadForecast(new Float64Array(LoadForecast.STATE_SIZE));
  for (let i = 0; i < days * 48 * 3; i++) {
    const atMs = MONDAY_MS + (i * HALF_HOUR_MS) / 3;
    forecast.take(atMs, load(atMs));
  }
  return forecast;
}

describe('the forecast of a load', () => {
  it('is not ready before it has seen its days, and knows the coming half hours after', () => {
    expect(learned(2, usual).ready).toBe(false);
    const forecast = learned(14, usual);
    expect(forecast.ready).toBe(true);
    for (let step = 1; step <= FORECAST_STEPS; step++) {
      expect(Math.abs(forecast.expected(step) - usual(forecast.startMs(step) + HALF_HOUR_MS / 2))).toBeLessThan(1.5);
    }
    expect(forecast.passing(100)).toBeNull();
  });

  it('says when a load that grows beyond the usual will pass its limit, between its earliest and latest time', () => {
    const endMs = MONDAY_MS + 14 * 24 * 3_600_000 + 12.5 * 3_600_000;
    const startMs = endMs - 2.5 * 3_600_000;
    const growing = (atMs: number): number => usual(atMs) + Math.max(0, (atMs - startMs) / 3_600_000) * 8;
    const forecast = learned(14 + 12.5 / 24, growing);
    const passing = forecast.passing(95)!;
    const truthMs = Array.from({ length: 60 }, (_, i) => endMs + i * 360_000).find((atMs) => growing(atMs) >= 95)!;
    expect(passing.likelyMs).not.toBeNull();
    expect(passing.earliestMs!).toBeLessThanOrEqual(passing.likelyMs!);
    expect(Math.abs(passing.likelyMs! - truthMs)).toBeLessThan(1.1 * 3_600_000);
  });

  it('is finite and never negative once ready, whatever the loads and gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 200, noNaN: true })), {
          minLength: 300,
          maxLength: 700,
        }),
        (steps) => {
          const forecast = new LoadForecast(new Float64Array(LoadForecast.STATE_SIZE));
          let atMs = MONDAY_MS;
          for (const [minutes, load] of steps) forecast.take((atMs += minutes * 60_000), load);
          if (!forecast.ready) return;
          for (let step = 1; step <= FORECAST_STEPS; step++) {
            expect(forecast.expected(step)).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(forecast.deviation(step))).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
