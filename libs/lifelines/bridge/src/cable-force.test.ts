import fc from 'fast-check';
import { fixedForceN, forceOfModesN, hingedForceN, stringLikeness, tautStringForceN } from './cable-force.js';

const cable = { massKgPerM: 60, lengthM: 50 };
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('cable force by frequency', () => {
  it('gives 1350 kN for 60 kg/m, 50 m and 1.5 Hz', () => {
    expect(tautStringForceN(cable, 1.5)).toBeCloseTo(1_350_000, 3);
  });

  it('errs by twice the error of the frequency: 0.01 Hz of 1.5 are 1.3 %', () => {
    expect(tautStringForceN(cable, 1.51) / tautStringForceN(cable, 1.5) - 1).toBeCloseTo(0.0134, 4);
  });

  it('is the same by each mode of a string', () => {
    fc.assert(
      fc.property(positive(0.3, 10), fc.integer({ min: 1, max: 6 }), (f1, mode) => {
        expect(tautStringForceN(cable, f1 * mode, mode)).toBeCloseTo(tautStringForceN(cable, f1), 3);
      }),
    );
  });

  it('takes bending off, and nothing where there is none', () => {
    expect(hingedForceN(cable, 0, 1.5)).toBeCloseTo(1_350_000, 3);
    expect(hingedForceN(cable, 1e6, 1.5)).toBeCloseTo(1_350_000 - (Math.PI ** 2 * 1e6) / 2500, 3);
  });

  it('gives for fixed ends less than the string, and the string where bending is nothing to speak of', () => {
    fc.assert(
      fc.property(positive(0.5, 5), positive(1e4, 1e6), (f1, stiffness) => {
        expect(fixedForceN(cable, stiffness, f1)).toBeLessThanOrEqual(tautStringForceN(cable, f1) + 1e-6);
      }),
    );
    expect(stringLikeness(cable, 100, 1_350_000)).toBeGreaterThan(210);
    expect(fixedForceN(cable, 100, 1.5)).toBeCloseTo(1_350_000, 3);
  });

  it('takes the mean of modes that agree, and refuses those that spread over 2 %', () => {
    expect(
      forceOfModesN(
        cable,
        [2, 3, 4].map((mode) => ({ mode, frequencyHz: 1.5 * mode })),
      ),
    ).toBeCloseTo(1_350_000, 3);
    expect(
      forceOfModesN(cable, [
        { mode: 2, frequencyHz: 3 },
        { mode: 3, frequencyHz: 4.7 },
      ]),
    ).toBeNull();
    expect(forceOfModesN(cable, [])).toBeNull();
  });
});
