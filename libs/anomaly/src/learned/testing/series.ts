import type { LearnedSensor } from '../port.js';

/** Seeded chance: uniform in (0, 1), and standard normal. */
export interface Chance {
  uniform(): number;
  normal(): number;
}

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) };
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** A Friday in May 2025, 00:00 UTC. */
export const START_MS = Date.UTC(2025, 4, 2);

export function sensorWith(overrides: Partial<LearnedSensor> = {}): LearnedSensor {
  return {
    sensorNo: 7,
    minDeviation: 1,
    minShare: 0,
    confirmMs: 3 * MINUTE_MS,
    intervalMs: 10 * MINUTE_MS,
    quantity: { en: 'Pressure', zh: '压力' },
    unit: { en: 'kPa', zh: 'kPa' },
    decimals: 1,
    ...overrides,
  };
}

/** A daily course of two waves with white noise of 1, and an autoregression that forgets in `memoryMs`. */
export function dailySeries(seed: number, stepMs: number, memoryMs = 0, amplitude = 10): (atMs: number) => number {
  const chance = chanceOf(seed);
  const keeps = memoryMs > 0 ? Math.exp(-stepMs / memoryMs) : 0;
  let wander = 0;
  return (atMs) => {
    wander = keeps * wander + Math.sqrt(1 - keeps * keeps) * chance.normal();
    const day = ((atMs % DAY_MS) / DAY_MS) * 2 * Math.PI;
    return 300 + amplitude * Math.sin(day) + 0.3 * amplitude * Math.cos(2 * day) + wander + 0.5 * chance.normal();
  };
}
