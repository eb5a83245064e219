import fc from 'fast-check';
import type { AssetWatch, Finding } from '../asset-watch.js';
import { sensorWith } from '../testing/builders.js';
import { createGroupWatch } from './group-watch.js';

const DAY_MS = 86_400_000;
const STEP_MS = 600_000;
const START_MS = 1_700_000_000_000;

/** Normal numbers from a seed: a sum of twelve even ones (mulberry32). */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Array.from({ length: 12 }, even).reduce((a, b) => a + b, -6);
}

const gauges = [1, 2, 3, 4].map((sensorNo) =>
  sensorWith({
    sensorNo,
    sensorId: `bridge-1/strain-${sensorNo}`,
    name: `Strain ${sensorNo}`,
    unit: 'um/m',
    intervalS: 600,
  }),
);
const watchOf = (sensors = gauges): AssetWatch =>
  createGroupWatch({ watchId: 'bridge/group/bridge-1/structure', sensors, stepMs: STEP_MS });

/** Strain of four gauges under a sun that rises by day and year, weather, and traffic that is heavier by day. */
function* ordinaryDays(days: number, seed: number): Generator<{ atMs: number; values: number[] }> {
  const normal = normals(seed);
  let [weather, steel] = [0, 10];
  for (let atMs = START_MS; atMs < START_MS + days * DAY_MS; atMs += STEP_MS) {
    const day = atMs / DAY_MS;
    weather += 0.01 * (3 * normal() - weather);
    const air = 15 + 10 * Math.sin(2 * Math.PI * (day / 365)) + 6 * Math.sin(2 * Math.PI * (day - 0.4)) + weather;
    steel += 0.1 * (air - steel);
    const traffic = (day % 1 > 0.25 && day % 1 < 0.9 ? 2 : 0.4) * Math.abs(normal());
    yield { atMs, values: [4, 3, -2, 5].map((slope) => slope * (steel + 0.4 * traffic) + normal()) };
  }
}

function findingsOf(watch: AssetWatch, rows: Iterable<{ atMs: number; values: number[] }>): Finding[] {
  const out: Finding[] = [];
  for (const { atMs, values } of rows) values.forEach((value, i) => watch.take(i + 1, atMs + i * 1000, value, out));
  return out;
}

describe('the group watch', () => {
  it('says nothing in a year of ordinary days', () => {
    expect(findingsOf(watchOf(), ordinaryDays(365, 1))).toEqual([]);
  });

  it('gives one finding for the group, on the gauge that left the others, and ends it when that is back', () => {
    const rows = [...ordinaryDays(20, 3)];
    const [fromMs, toMs] = [START_MS + 12 * DAY_MS, START_MS + 13 * DAY_MS];
    for (const { atMs, values } of rows) if (atMs >= fromMs && atMs < toMs) values[1]! += 25;
    const [begin, end, ...more] = findingsOf(watchOf(), rows);
    expect(more).toEqual([]);
    expect(begin).toMatchObject({ rule: 'group', test: 'group', change: 'begin', sensorNo: 2, priority: 'yellow' });
    expect(begin!.atMs - fromMs).toBeLessThan(3 * 3_600_000);
    expect(begin!.reason.en).toContain('Strain 2');
    const [first, second] = begin!.evidence!.carriers;
    expect(first).toMatchObject({ sensorId: 'bridge-1/strain-2' });
    expect(first!.share).toBeGreaterThan(second!.share);
    expect(first!.value! - first!.expected!).toBeGreaterThan(15);
    expect(end).toMatchObject({ change: 'end', sensorNo: 2, evidence: null });
    expect(end!.atMs - toMs).toBeLessThan(4 * 3_600_000);
  });

  it('goes on from a copy of its state as if nothing had been, whatever comes and in whatever order of the sensors', () => {
    const reading = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.nat({ max: 4 * STEP_MS }),
      fc.oneof({ weight: 5, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) }, fc.double()),
    );
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 300 }), fc.nat(), (readings, cut) => {
        const make = () =>
          createGroupWatch({ watchId: 'w', sensors: gauges, stepMs: STEP_MS, learnRows: 16, confirmRows: 1 });
        const [one, other] = [make(), make()];
        const size = one.state.length;
        const found: Finding[][] = [[], []];
        const newest = new Map<number, number>();
        readings.forEach(([sensorNo, laterMs, value], i) => {
          const atMs = (newest.get(sensorNo) ?? START_MS) + laterMs;
          newest.set(sensorNo, atMs);
          if (i === cut % (readings.length + 1)) other.state.set(one.state);
          one.take(sensorNo, atMs, value, found[0]!);
          if (i >= cut % (readings.length + 1)) other.take(sensorNo, atMs, value, found[1]!);
          else found[1]!.splice(0, Infinity, ...found[0]!);
        });
        one.tick(START_MS + 10 * DAY_MS, found[0]!);
        if (readings.length > cut % (readings.length + 1)) {
          other.tick(START_MS + 10 * DAY_MS, found[1]!);
          expect(found[1]).toEqual(found[0]);
        }
        expect(one.state.length).toBe(size);
        expect(one.state.some(Number.isNaN)).toBe(false);
        for (const { value, evidence } of found[0]!) {
          expect(value).not.toBeNaN();
          expect(JSON.stringify(evidence)).not.toContain('NaN');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds the last value of a slow sensor, and is not disturbed by days of silence', () => {
    const slow = gauges.map((gauge, i) => (i === 3 ? { ...gauge, intervalS: 1800 } : gauge));
    const rows = [...ordinaryDays(30, 5)].filter(({ atMs }) => {
      const day = (atMs - START_MS) / DAY_MS;
      return !(day > 14 && day < 17);
    });
    const watch = watchOf(slow);
    const out: Finding[] = [];
    rows.forEach(({ atMs, values }, n) =>
      values.forEach((value, i) => {
        if (i < 3 || n % 3 === 0) watch.take(i + 1, atMs, value, out);
      }),
    );
    expect(out).toEqual([]);
  });

  it('learns anew where its state is of other sensors', () => {
    const one = watchOf();
    findingsOf(one, ordinaryDays(10, 7));
    const other = watchOf(gauges.map((gauge) => ({ ...gauge, sensorNo: gauge.sensorNo + 10 })));
    other.state.set(one.state);
    const out: Finding[] = [];
    for (const { atMs, values } of ordinaryDays(10, 7)) {
      values.forEach((value, i) => other.take(i + 11, atMs + 30 * DAY_MS, 1000 - 9 * value, out));
    }
    expect(out).toEqual([]);
  });

  it('refuses a group of one', () => {
    expect(() => watchOf(gauges.slice(0, 1))).toThrow(/1 sensors/);
  });
});
