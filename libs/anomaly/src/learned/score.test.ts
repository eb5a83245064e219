import { createLearnedEngine } from './engine.js';
import type { LearnedFinding } from './port.js';
import { chanceOf, dailySeries, MINUTE_MS, sensorWith, START_MS, type Chance } from './testing/series.js';

const WARM_UP = 20_000;
const JUDGED = 60_000;

/** Share of readings whose score is over each level. */
function exceedance(next: (chance: Chance, atMs: number) => number, levels: readonly number[]): number[] {
  const engine = createLearnedEngine();
  const row = engine.putSensor(sensorWith({ intervalMs: MINUTE_MS, minDeviation: 0 }));
  const chance = chanceOf(11);
  const out: LearnedFinding[] = [];
  const counts = levels.map(() => 0);
  for (let i = 0; i < WARM_UP + JUDGED; i++) {
    const atMs = START_MS + i * MINUTE_MS;
    const score = engine.take(row, atMs, next(chance, atMs), 'good', out);
    if (i >= WARM_UP) levels.forEach((level, at) => (counts[at]! += score > level ? 1 : 0));
  }
  return counts.map((count) => count / JUDGED);
}

function autoregression(keeps: number): (chance: Chance) => number {
  let value = 0;
  return (chance) => (value = keeps * value + Math.sqrt(1 - keeps * keeps) * chance.normal());
}

/** Student's t with three degrees of freedom. */
function student(chance: Chance): number {
  const square = chance.normal() ** 2 + chance.normal() ** 2 + chance.normal() ** 2;
  return chance.normal() / Math.sqrt(square / 3);
}

function poisson(chance: Chance): number {
  let count = 0;
  for (let rest = chance.uniform(); rest > Math.exp(-2); rest *= chance.uniform()) count++;
  return count;
}

const season = dailySeries(5, MINUTE_MS, 60 * MINUTE_MS);
const SERIES: readonly (readonly [string, (chance: Chance, atMs: number) => number])[] = [
  ['normal', (chance) => chance.normal()],
  ['heavy-tailed', student],
  ['lognormal', (chance) => Math.exp(chance.normal())],
  ['uniform', (chance) => chance.uniform()],
  ['autocorrelated 0.9', autoregression(0.9)],
  ['autocorrelated 0.99', autoregression(0.99)],
  ['rounded', (chance) => Math.round(chance.normal())],
  ['counted', poisson],
  ['seasonal', (_, atMs) => season(atMs)],
];

describe('the score of a reading', () => {
  it.each(SERIES)('is above p for a share 1 - p of readings within a factor of two, on %s data', (_, next) => {
    const [percent, permille] = exceedance(next, [0.99, 0.999]) as [number, number];
    expect(percent).toBeGreaterThan(0.005);
    expect(percent).toBeLessThan(0.02);
    expect(permille).toBeGreaterThan(0.0005);
    expect(permille).toBeLessThan(0.002);
  });
});
