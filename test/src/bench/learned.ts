import { createLearnedEngine, type LearnedEngine, type LearnedFinding, type LearnedSensor } from '@lifeline/anomaly';
import { chanceOf, plantOf, type Plant } from './measure-plants.js';

/**
 * False findings a sensor and year of the learned engine on ordinary seeded series (daily course, days off and holidays, hours-long and
 * days-long wander, heavy tails, a slow year; every deviation matters, no city budget), and what share of seeded faults it finds, with
 * the median delay in hours. Baseline: a fixed band of four standard deviations about the mean of the learned time, five readings long.
 */
const STEP_MS = 600_000;
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2025, 5, 1);
const QUIET_SENSORS = 40;
const QUIET_DAYS = 365;
const FAULTY_SENSORS = 24;
const LEARNED_DAYS = 90;

interface Fault {
  readonly days: number;
  /** What is measured instead; `sinceMs` the fault began, `plant` it happens to. */
  readonly change: (value: number, sinceMs: number, plant: Plant, chance: () => number, held: number) => number;
  readonly onlySeasonal?: true;
  readonly steady?: true;
}

/** Sizes in usual deviations of what is left without season; `steady`: on sensors whose level does not wander for days. */
const FAULTS: Readonly<Record<string, Fault>> = {
  shift15: { days: 10, change: (value, _, plant) => value + 1.5 * plant.deviation, steady: true },
  shift3: { days: 10, change: (value, _, plant) => value - 3 * plant.deviation },
  step6: { days: 2, change: (value, _, plant) => value + 6 * plant.deviation },
  drift3: {
    days: 40,
    change: (value, sinceMs, plant) => value + Math.min(3, sinceMs / DAY_MS / 10) * plant.deviation,
    steady: true,
  },
  drift6: { days: 40, change: (value, sinceMs, plant) => value + Math.min(6, sinceMs / DAY_MS / 5) * plant.deviation },
  stuck: { days: 3, change: (_, __, ___, ____, held) => held },
  variance3: { days: 3, change: (value, _, __, chance) => value + 2.8 * chance() },
  lostSeason: { days: 6, change: (_, __, plant, chance) => 500 + plant.deviation * chance(), onlySeasonal: true },
};

export async function run(_options: { readonly data?: string } = {}): Promise<{
  bench: 'learned';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const figures: Record<string, number> = {};
  const baseline: Record<string, number> = {};
  const quiet = falseFindings();
  figures.falsePerSensorYear = round(quiet.ours);
  baseline.falsePerSensorYear = round(quiet.theirs);
  for (const [name, fault] of Object.entries(FAULTS)) {
    const { ours, theirs } = findFault(fault);
    figures[`${name}Found`] = round(ours.found);
    baseline[`${name}Found`] = round(theirs.found);
    figures[`${name}DelayH`] = round(ours.delayH);
    baseline[`${name}DelayH`] = round(theirs.delayH);
  }
  const ratio = Object.fromEntries(
    Object.keys(figures)
      .map((key) => [key, round(figures[key]! / baseline[key]!)] as const)
      .filter(([, value]) => Number.isFinite(value)),
  );
  return { bench: 'learned', figures: finite(figures), baseline: finite(baseline), ratio };
}

function falseFindings(): { ours: number; theirs: number } {
  const years = (QUIET_SENSORS * (QUIET_DAYS - LEARNED_DAYS)) / 365;
  const total = { ours: 0, theirs: 0 };
  for (let seed = 1; seed <= QUIET_SENSORS; seed++) {
    const plant = plantOf(seed, STEP_MS);
    const { engine, row, band, found } = learned(plant, 0);
    found.length = 0;
    for (let atMs = START_MS + LEARNED_DAYS * DAY_MS; atMs < START_MS + QUIET_DAYS * DAY_MS; atMs += STEP_MS) {
      const value = plant.at(atMs);
      engine.take(row, atMs, value, 'good', found);
      if (band.passes(value)) total.theirs++;
    }
    total.ours += found.filter(({ change }) => change === 'begin').length;
  }
  return { ours: total.ours / years, theirs: total.theirs / years };
}

function findFault(fault: Fault): Record<'ours' | 'theirs', { found: number; delayH: number }> {
  const delays = { ours: [] as number[], theirs: [] as number[] };
  let sensors = 0;
  for (let seed = 1001; seed <= 1000 + FAULTY_SENSORS; seed++) {
    const plant = plantOf(seed, STEP_MS, fault.steady);
    if (fault.onlySeasonal && plant.amplitude < 6) continue;
    sensors++;
    const { engine, row, band, found } = learned(plant, plant.deviation);
    found.length = 0;
    const chance = chanceOf(seed).normal;
    const fromMs = START_MS + LEARNED_DAYS * DAY_MS;
    const held = plant.at(fromMs);
    let theirs = NaN;
    for (let atMs = fromMs; atMs < fromMs + fault.days * DAY_MS; atMs += STEP_MS) {
      const value = fault.change(plant.at(atMs), atMs - fromMs, plant, chance, held);
      engine.take(row, atMs, value, 'good', found);
      if (band.passes(value) && Number.isNaN(theirs)) theirs = (atMs - fromMs) / 3_600_000;
    }
    if (found[0]) delays.ours.push((found[0].atMs - fromMs) / 3_600_000);
    if (!Number.isNaN(theirs)) delays.theirs.push(theirs);
  }
  const summed = (all: number[]) => ({
    found: all.length / sensors,
    delayH: all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN,
  });
  return { ours: summed(delays.ours), theirs: summed(delays.theirs) };
}

interface Learned {
  readonly engine: LearnedEngine;
  readonly row: number;
  readonly band: Band;
  readonly found: LearnedFinding[];
}

function learned(plant: Plant, minDeviation: number): Learned {
  const engine = createLearnedEngine({ findingsPerShift: 1e9 });
  const row = engine.putSensor(sensorOf(minDeviation));
  const band = new Band();
  const found: LearnedFinding[] = [];
  for (let atMs = START_MS; atMs < START_MS + LEARNED_DAYS * DAY_MS; atMs += STEP_MS) {
    const value = plant.at(atMs);
    engine.take(row, atMs, value, 'good', found);
    band.learn(value);
  }
  return { engine, row, band, found };
}

/** The plain rule that the engine is measured against. */
class Band {
  private count = 0;
  private mean = 0;
  private squares = 0;
  private outside = 0;

  learn(value: number): void {
    const off = value - this.mean;
    this.mean += off / ++this.count;
    this.squares += off * (value - this.mean);
  }

  /** Whether this reading is the fifth outside, one after the other. */
  passes(value: number): boolean {
    const isOutside = Math.abs(value - this.mean) > 4 * Math.sqrt(this.squares / this.count);
    this.outside = isOutside ? this.outside + 1 : 0;
    return this.outside === 5;
  }
}

function sensorOf(minDeviation: number): LearnedSensor {
  const words = { en: 'Pressure', zh: '压力' };
  return {
    sensorNo: 1,
    minDeviation,
    minShare: 0,
    confirmMs: 180_000,
    intervalMs: STEP_MS,
    quantity: words,
    unit: { en: 'kPa', zh: 'kPa' },
    decimals: 2,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function finite(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}
