import { createLearnedEngine } from './engine.js';
import type { LearnedFinding, LearnedOptions } from './port.js';
import { chanceOf, dailySeries, DAY_MS, HOUR_MS, MINUTE_MS, sensorWith, START_MS } from './testing/series.js';

const STEP_MS = 30 * MINUTE_MS;

/** Beginnings of so many sensors over so many days, each with its own series. */
function beginnings(
  sensors: number,
  days: number,
  seriesOf: (sensor: number) => (atMs: number) => number,
  options: LearnedOptions = {},
): LearnedFinding[] {
  const engine = createLearnedEngine(options);
  const found: LearnedFinding[] = [];
  const rows = Array.from({ length: sensors }, (_, i) => ({
    row: engine.putSensor(sensorWith({ sensorNo: i + 1, minDeviation: 0, intervalMs: STEP_MS })),
    next: seriesOf(i),
  }));
  for (let atMs = START_MS; atMs < START_MS + days * DAY_MS; atMs += STEP_MS)
    for (const { row, next } of rows) engine.take(row, atMs, next(atMs), 'good', found);
  return found.filter(({ change }) => change === 'begin');
}

/** Daily course, hours-long and days-long wander, a slow year, quieter days off. */
function city(seed: number): (atMs: number) => number {
  const chance = chanceOf(seed + 100);
  const [fast, amplitude, year] = [dailySeries(seed, STEP_MS, 3 * HOUR_MS, 3 + 10 * chance.uniform()), 4, 3];
  const off = 3 * chance.uniform();
  const keeps = Math.exp(-STEP_MS / (4 * DAY_MS));
  let weather = 0;
  return (atMs) => {
    weather = keeps * weather + Math.sqrt(1 - keeps * keeps) * chance.normal();
    const local = new Date(atMs + 8 * HOUR_MS);
    const isOff = local.getUTCDay() % 6 === 0 || (local.getUTCMonth() === 9 && local.getUTCDate() <= 8);
    return fast(atMs) + amplitude * 0.3 * weather + year * Math.sin(atMs / (58 * DAY_MS)) - (isOff ? off : 0);
  };
}

describe('the alarm budget', () => {
  it('lets quiet sensors tell less than one finding a year each, where any deviation would matter', () => {
    const [sensors, days] = [12, 150];
    const found = beginnings(sensors, days, city);
    expect(found.length / ((sensors * days) / 365)).toBeLessThan(1);
  });

  it('holds a sensor whose noise breaks every rule to its budget, by a higher bar each time', () => {
    // Bursts of steps that come as they like, of sizes that have no bound.
    const wild = (seed: number) => {
      const chance = chanceOf(seed + 1);
      let level = 0;
      let left = 0;
      return () => {
        if (left-- <= 0) {
          left = 20 + 200 * chance.uniform();
          level = chance.normal() / chance.uniform();
        }
        return level + chance.normal();
      };
    };
    const later = (findingsPerSensorYear: number) =>
      beginnings(3, 400, wild, { findingsPerSensorYear, findingsPerShift: 1e9 }).filter(
        ({ atMs }) => atMs >= START_MS + 200 * DAY_MS,
      ).length / 3;
    const held = later(0.5);
    expect(held).toBeLessThan(3);
    expect(later(50)).toBeGreaterThan(5 * held);
  });

  it('tells no more in a shift than the city’s budget, when all sensors go off at once', () => {
    const jump = START_MS + 20 * DAY_MS;
    const series = (seed: number) => {
      const next = dailySeries(seed, STEP_MS);
      return (atMs: number) => next(atMs) + (atMs >= jump + (seed % 6) * HOUR_MS ? 12 : 0);
    };
    const told = (findingsPerShift: number) =>
      beginnings(200, 20.4, series, { findingsPerShift }).filter(({ atMs }) => atMs >= jump).length;
    expect(told(1e9)).toBeGreaterThan(150);
    const held = told(48);
    expect(held).toBeGreaterThan(8);
    expect(held).toBeLessThanOrEqual(48);
  });
});
