import fc from 'fast-check';
import { AnomalyCheckpointError, ANOMALY_REASONS, createAnomalyScorer, type AnomalyScorer } from './index.js';
import { dailySeries, MINUTE_MS, START_MS } from './testing/daily-series.js';

/** Values as they come from broken instruments too. */
const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -0) },
);
const anyStepMs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(5 * MINUTE_MS) },
  { weight: 1, arbitrary: fc.constantFrom(0, -MINUTE_MS, NaN, 1, 400 * 24 * 60 * MINUTE_MS) },
);
const anySeries = fc.array(fc.tuple(anyStepMs, anyValue), { minLength: 1, maxLength: 400 });

function scoresOf(series: readonly (readonly [number, number])[], scorer: AnomalyScorer = createAnomalyScorer()) {
  return series.map(([atMs, value]) => ({ ...scorer.push(atMs, value) }));
}

function timed(steps: readonly (readonly [number, number])[]): [number, number][] {
  let atMs = START_MS;
  return steps.map(([stepMs, value]) => {
    if (Number.isFinite(stepMs)) atMs += stepMs;
    return [Number.isFinite(stepMs) ? atMs : NaN, value];
  });
}

describe('the anomaly scorer', () => {
  it('gives a score of 0 to 1 and a known reason for whatever comes in', () => {
    fc.assert(
      fc.property(anySeries, (steps) => {
        for (const { score, reason } of scoresOf(timed(steps))) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(ANOMALY_REASONS).toContain(reason);
          expect(reason === 'none').toBe(score === 0);
        }
      }),
    );
  });

  it('scores a reading from the readings before it alone', () => {
    fc.assert(
      fc.property(anySeries, fc.nat(), (steps, cut) => {
        const series = timed(steps);
        const length = cut % (series.length + 1);
        expect(scoresOf(series.slice(0, length))).toEqual(scoresOf(series).slice(0, length));
      }),
    );
  });

  it('goes on identically from a checkpoint', () => {
    fc.assert(
      fc.property(anySeries, fc.nat(), (steps, cut) => {
        const series = [...dailySeries(400), ...timed(steps)];
        const length = cut % series.length;
        const before = createAnomalyScorer({ shapes: 32 });
        scoresOf(series.slice(0, length), before);
        const after = createAnomalyScorer({ shapes: 32 });
        after.restore(before.checkpoint());
        expect(scoresOf(series.slice(length), after)).toEqual(scoresOf(series.slice(length), before));
        expect(Buffer.compare(after.checkpoint(), before.checkpoint())).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a checkpoint apart from what is learned later', () => {
    const scorer = createAnomalyScorer();
    const empty = scorer.checkpoint();
    const copy = empty.slice();
    scoresOf(dailySeries(500), scorer);
    expect(Buffer.compare(empty, copy)).toBe(0);
    scorer.restore(empty);
    expect(scoresOf(dailySeries(500), scorer)).toEqual(scoresOf(dailySeries(500)));
  });

  it('refuses a checkpoint that is not its own, and stays as it was', () => {
    const scorer = createAnomalyScorer();
    scoresOf(dailySeries(300), scorer);
    const before = scorer.checkpoint();
    expect(before.byteLength).toBe(scorer.bytes);
    const broken = before.slice();
    broken.fill(7, 0, 8);
    for (const bytes of [new Uint8Array(0), new Uint8Array(3), before.slice(1), broken]) {
      expect(() => scorer.restore(bytes)).toThrow(AnomalyCheckpointError);
    }
    expect(Buffer.compare(scorer.checkpoint(), before)).toBe(0);
  });

  it('goes on where the shapes it may remember are all taken', () => {
    const scorer = createAnomalyScorer({ shapes: 4 });
    const scores = scoresOf(dailySeries(2000), scorer);
    expect(scores.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect(scorer.bytes).toBeLessThan(11_000);
  });

  it('refuses options that make no sense', () => {
    for (const value of [0, -1, 1.5, NaN]) {
      expect(() => createAnomalyScorer({ shapes: value })).toThrow(/shapes/);
      expect(() => createAnomalyScorer({ quietReadings: value })).toThrow(/quietReadings/);
    }
  });

  it('says nothing about a constant series, nor about one that repeats exactly', () => {
    const constant = Array.from({ length: 3000 }, (_, i) => [START_MS + i * 5 * MINUTE_MS, 45] as const);
    expect(scoresOf(constant).filter(({ score }) => score >= 0.5)).toEqual([]);
    const square = constant.map(([atMs], i) => [atMs, i % 288 < 144 ? 20 : 80] as const);
    expect(
      scoresOf(square)
        .slice(600)
        .filter(({ score }) => score >= 0.5),
    ).toEqual([]);
  });

  it('reports a spike in a daily series at once, and once', () => {
    const series = dailySeries(3000);
    for (let i = 2500; i < 2510; i++) series[i]![1] += 60;
    const scores = scoresOf(series);
    expect(scores[2500]!.score).toBeGreaterThan(0.5);
    expect(scores.slice(2501, 2600).filter(({ score }) => score >= 0.5).length).toBeLessThanOrEqual(3);
  });

  it('reports the day on which the daily rise is missing', () => {
    const series = dailySeries(4000);
    for (let i = 2880 + 144; i < 2880 + 288; i++) series[i]![1] = 20;
    const reports = scoresOf(series)
      .slice(2880, 3168)
      .filter(({ score }) => score >= 0.45);
    expect(reports.length).toBeGreaterThan(0);
  });

  it('passes over a reading that is not a number without learning from it', () => {
    const [plain, disturbed] = [createAnomalyScorer(), createAnomalyScorer()];
    for (const [atMs, value] of dailySeries(600)) {
      const expected = { ...plain.push(atMs, value) };
      disturbed.push(atMs, NaN);
      disturbed.push(NaN, 1e9);
      expect({ ...disturbed.push(atMs, value) }).toEqual(expected);
    }
  });
});
