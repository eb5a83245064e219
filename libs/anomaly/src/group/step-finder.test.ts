import fc from 'fast-check';
import { seeded } from '../testing/seeded.js';
import { createStepFinder } from './step-finder.js';

/** Noise of 1 around the levels, each for so many rows. */
function stairs(seed: number, ...levels: [level: number, rows: number][]): number[] {
  const { normal } = seeded(seed);
  return levels.flatMap(([level, rows]) => Array.from({ length: rows }, () => level + normal()));
}

function stepsOf(values: readonly number[]): { at: number; step: number }[] {
  const finder = createStepFinder();
  return values.flatMap((value, at) => {
    const step = finder.push(value);
    return step === 0 ? [] : [{ at, step }];
  });
}

describe('the step finder', () => {
  it('finds each step of a staircase once, within two rows', () => {
    const steps = stepsOf(stairs(2, [10, 200], [18, 40], [26, 40], [18, 100]));
    expect(steps.map(({ at }) => at - 200)).toEqual([1, 41, 81].map((at) => expect.closeTo(at, -0.5)));
    expect(steps.map(({ step }) => Math.sign(step))).toEqual([1, 1, -1]);
  });

  it('finds nothing in noise, in a single spike, nor in a slow drift', () => {
    const values = stairs(4, [0, 3000]);
    values[1500] = 500;
    expect(stepsOf(values.map((value, i) => value + i / 100))).toEqual([]);
  });

  it('gives finite steps and goes on identically from a copy of its state, whatever comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 200 }), fc.nat(), (values, cut) => {
        const [one, other] = [createStepFinder({ learnRows: 8 }), createStepFinder({ learnRows: 8 })];
        const length = cut % (values.length + 1);
        for (const value of values.slice(0, length)) expect(one.push(value)).not.toBeNaN();
        other.state.set(one.state);
        for (const value of values.slice(length)) expect(other.push(value)).toBe(one.push(value));
      }),
    );
  });

  it('refuses options that make no sense', () => {
    expect(() => createStepFinder({ learnRows: 2 })).toThrow(/learnRows/);
    expect(() => createStepFinder({ limit: 0 })).toThrow(/limit/);
  });
});
