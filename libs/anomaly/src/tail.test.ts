import fc from 'fast-check';
import { StateMemory } from './state-memory.js';
import { Tail } from './tail.js';

function learned(strengths: Iterable<number>): Tail {
  const tail = new Tail(new StateMemory(1000));
  for (const strength of strengths) tail.surprise(strength);
  return tail;
}

/** 1/n, 2/n … 1: each strength as often as the next. */
const evenly = (n: number) => Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n + 1 / n);

describe('the tail of strengths', () => {
  it('is not surprised before it has seen fifty', () => {
    const tail = new Tail(new StateMemory(1000));
    const early = Array.from({ length: 50 }, (_, i) => tail.surprise(i === 49 ? 1e6 : 1));
    expect(early).toEqual(new Array(50).fill(0));
    expect(tail.surprise(1e6)).toBeGreaterThan(0.5);
  });

  it('gives the decades of rarity of a strength seen now and then', () => {
    // A strength of 10 in every hundredth place: one in a hundred, two decades.
    const tail = learned(Array.from({ length: 10_000 }, (_, i) => (i % 100 === 0 ? 10 : 1)));
    expect(tail.surprise(10)).toBeCloseTo(2.3, 1);
    expect(tail.surprise(1)).toBeLessThan(0.5);
  });

  it('is the more surprised the stronger, beyond all seen too', () => {
    const surprises = [0.5, 0.9, 1.5, 3, 30].map((strength) => learned(evenly(2000)).surprise(strength));
    expect(surprises).toEqual(surprises.toSorted((a, b) => a - b));
    expect(surprises[4]!).toBeGreaterThan(surprises[2]! + 0.5);
  });

  it('forgets what it no longer sees', () => {
    const tail = learned([...new Array<number>(2000).fill(50), ...new Array<number>(100_000).fill(1)]);
    expect(tail.surprise(50)).toBeGreaterThan(2.5);
  });

  it('stays between 0 and 12 for any strengths', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 300 }), (strengths) => {
        const tail = new Tail(new StateMemory(1000));
        for (const strength of strengths) {
          const surprise = tail.surprise(strength);
          expect(surprise >= 0 && surprise <= 12).toBe(true);
        }
      }),
    );
  });
});
