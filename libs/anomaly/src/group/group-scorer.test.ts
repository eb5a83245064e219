import fc from 'fast-check';
import { AnomalyCheckpointError } from '../state-memory.js';
import { createGroupScorer } from './group-scorer.js';
import { GROUP_REASONS, type GroupOptions, type GroupScorer } from './port.js';
import { seeded } from '../testing/seeded.js';

const anyValue = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 0, 7),
  },
);
const anyRows = fc.array(fc.array(anyValue, { maxLength: 4 }), { minLength: 1, maxLength: 120 });
const anyLearning = fc.constantFrom('first' as const, 'continuous' as const);

function scoresOf(rows: readonly (readonly number[])[], scorer: GroupScorer) {
  return rows.map((row) => {
    const { expected, deviation, spread, share, carriers, ...rest } = scorer.push(row);
    return {
      ...rest,
      expected: [...expected],
      deviation: [...deviation],
      spread: [...spread],
      share: [...share],
      carriers: [...carriers],
    };
  });
}

/** Three gauges of one load, noise on each, and a fourth that has nothing to do with them. */
function gauges(count: number, seed = 1): number[][] {
  const { normal } = seeded(seed);
  let load = 0;
  return Array.from({ length: count }, () => {
    load += 0.5 * normal() - 0.01 * load;
    return [100 + 5 * load + normal(), 20 - 2 * load + 0.4 * normal(), 3 * load + 0.6 * normal(), 7 + normal()];
  });
}

const four: GroupOptions = { channels: 4 };

describe('the group scorer', () => {
  it('gives a score of 0 to 1, a known reason and shares of 1 for whatever comes in', () => {
    fc.assert(
      fc.property(anyRows, anyLearning, (rows, learning) => {
        const scorer = createGroupScorer({ channels: 3, learnRows: 16, smoothRows: 3, learning });
        for (const { score, flag, reason, strength, deviation, share, carriers } of scoresOf(rows, scorer)) {
          expect(score >= 0 && score <= 1).toBe(true);
          expect(flag).toBe(score >= 0.5);
          expect(GROUP_REASONS).toContain(reason);
          expect(Number.isFinite(strength)).toBe(true);
          expect(deviation.every(Number.isFinite)).toBe(true);
          const whole = share.reduce((a, b) => a + b, 0);
          expect(whole === 0 || Math.abs(whole - 1) < 1e-9).toBe(true);
          expect([...carriers].sort()).toEqual([0, 1, 2]);
        }
      }),
    );
  });

  it('scores a row from the rows up to it alone, and goes on identically from a checkpoint', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), anyLearning, (rows, cut, learning) => {
        const options: GroupOptions = { channels: 3, learnRows: 20, smoothRows: 4, learning };
        const all = [...gauges(30), ...rows];
        const length = cut % (all.length + 1);
        const before = createGroupScorer(options);
        const whole = scoresOf(all, createGroupScorer(options));
        expect(scoresOf(all.slice(0, length), before)).toEqual(whole.slice(0, length));
        const after = createGroupScorer(options);
        after.restore(before.checkpoint());
        expect(scoresOf(all.slice(length), after)).toEqual(whole.slice(length));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same scores whatever the order of the channels', () => {
    const rows = gauges(1000);
    rows.slice(700).forEach((row) => (row[1]! += 3));
    const plain = scoresOf(rows, createGroupScorer(four));
    const turned = scoresOf(
      rows.map(([a, b, c, d]) => [c!, a!, d!, b!]),
      createGroupScorer(four),
    );
    plain.forEach(({ strength }, i) => expect(turned[i]!.strength).toBeCloseTo(strength, 6));
  });

  it('flags a gauge that leaves its neighbours by less than it moves every day, and ranks it first', () => {
    const rows = gauges(2000);
    rows.slice(1200).forEach((row) => (row[1]! += 2.5)); // a load of one deviation moves it by ten
    const scores = scoresOf(rows, createGroupScorer(four));
    expect(scores.slice(400, 1200).filter(({ flag }) => flag)).toEqual([]);
    const first = scores.findIndex(({ flag }) => flag);
    expect(first).toBeGreaterThanOrEqual(1200);
    expect(first).toBeLessThan(1230);
    expect(scores[first]!.carriers[0]).toBe(1);
    expect(scores[first]!.reason).toBe('off-neighbours');
    expect(scores[first]!.expected[1]).toBeLessThan(rows[first]![1]!);
  });

  it('flags a step in one sensor for as long as it lasts', () => {
    const { normal } = seeded(3);
    const rows = Array.from({ length: 1500 }, (_, i) => [
      normal() + (i >= 800 && i < 1100 ? 4 : 0),
      normal(),
      normal(),
    ]);
    const scores = scoresOf(rows, createGroupScorer(four));
    expect(scores.slice(810, 1100).every(({ flag }) => flag)).toBe(true);
    expect(
      scores
        .slice(400, 800)
        .concat(scores.slice(1125))
        .filter(({ flag }) => flag).length,
    ).toBe(0);
    expect(scores[1000]!.expected[0]).toBeCloseTo(0, 0);
  });

  it('follows a sensor that wandered while it was learned, and holds one that did not', () => {
    const { normal } = seeded(5);
    let walk = 0;
    const rows = Array.from({ length: 3000 }, (_, i) => [(walk += 0.3 * normal()), normal() + (i > 1500 ? 3 : 0)]);
    const scores = scoresOf(rows, createGroupScorer({ channels: 2 }));
    expect(scores.slice(400, 1500).filter(({ flag }) => flag).length).toBeLessThan(10);
    expect(scores.slice(1520).every(({ flag, carriers }) => flag && carriers[0] === 1)).toBe(true);
  });

  it('takes a lasting change for the usual where it learns continuously', () => {
    const { normal } = seeded(7);
    const rows = Array.from({ length: 2000 }, (_, i) => [normal() + (i >= 800 ? 6 : 0), normal()]);
    const scores = scoresOf(rows, createGroupScorer({ channels: 2, learning: 'continuous' }));
    expect(scores.slice(820, 1190).every(({ flag }) => flag)).toBe(true);
    expect(scores.slice(1300).filter(({ flag }) => flag)).toEqual([]);
  });

  it('is not disturbed by sensors that fall silent, nor by one that never speaks or comes late', () => {
    const rows = gauges(2000).map((row, i) => [
      i > 900 && i < 1500 ? NaN : row[0]!,
      row[1]!,
      row[2]!,
      i < 600 ? NaN : row[3]!,
      NaN,
    ]);
    const scores = scoresOf(rows, createGroupScorer({ channels: 5 }));
    expect(scores.filter(({ flag }) => flag).length).toBeLessThan(5);
    expect(scores[1999]!.expected[3]).toBeCloseTo(7, 0);
    expect(scores[1999]!.expected[4]).toBeNaN();
  });

  it('does not take the first step of a sensor that stood still for news', () => {
    const rows = gauges(1200).map((row, i) => [...row, i < 600 ? 40 : 40.1, i % 700 === 650 ? 1 : 0]);
    const scores = scoresOf(rows, createGroupScorer({ channels: 6 }));
    expect(scores.filter(({ flag }) => flag)).toEqual([]);
    const jump = createGroupScorer({ channels: 1 });
    expect(scoresOf([...Array<number[]>(500).fill([40]), [400], [400], [400]], jump).at(-1)!.flag).toBe(true);
  });

  it('is not blinded by a spike among the learning rows', () => {
    const rows = gauges(1000, 9);
    rows[200]![3] = 5000;
    rows.slice(700).forEach((row) => (row[3]! += 4));
    expect(
      scoresOf(rows, createGroupScorer(four))
        .slice(720)
        .every(({ flag }) => flag),
    ).toBe(true);
  });

  it('refuses options that make no sense and checkpoints that are not its own', () => {
    for (const options of [{ channels: 0 }, { channels: 65 }, { channels: 2.5 }, { channels: 2, learnRows: 3 }]) {
      expect(() => createGroupScorer(options)).toThrow(RangeError);
    }
    expect(() => createGroupScorer({ channels: 2, limit: NaN })).toThrow(/limit/);
    expect(() => createGroupScorer({ channels: 2, smoothRows: 0 })).toThrow(/smoothRows/);
    const scorer = createGroupScorer(four);
    scoresOf(gauges(500), scorer);
    const state = scorer.checkpoint();
    for (const other of [{ channels: 2 }, { channels: 3, learnRows: 300 }, { channels: 3, smoothRows: 9 }]) {
      expect(() => createGroupScorer(other).restore(state)).toThrow(AnomalyCheckpointError);
    }
    expect(() => scorer.restore(new Float64Array(0))).toThrow(AnomalyCheckpointError);
    expect(scorer.checkpoint()).toEqual(state);
  });
});
