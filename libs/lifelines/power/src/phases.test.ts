import fc from 'fast-check';
import { imbalancePercent, lostPhase, negativeSequencePercent } from './phases.js';

const magnitude = fc.double({ min: 0.1, max: 1000, noNaN: true });

/** Length of a phasor difference: line voltages of phase phasors with a zero sequence of nothing. */
function lineVoltages(negative: number, angle: number): [number, number, number] {
  const phasors = [0, 1, 2].map((i) => {
    const positive = (-i * 2 * Math.PI) / 3;
    const back = (i * 2 * Math.PI) / 3 + angle;
    return [Math.cos(positive) + negative * Math.cos(back), Math.sin(positive) + negative * Math.sin(back)] as const;
  });
  const between = (a: number, b: number): number =>
    Math.hypot(phasors[a]![0] - phasors[b]![0], phasors[a]![1] - phasors[b]![1]);
  return [between(0, 1), between(1, 2), between(2, 0)];
}

describe('three phases', () => {
  it('are balanced where they are equal, whatever their height', () => {
    fc.assert(
      fc.property(magnitude, (a) => {
        expect(imbalancePercent(a, a, a)).toBeCloseTo(0, 9);
        expect(negativeSequencePercent(a, a, a)).toBeCloseTo(0, 3);
      }),
    );
  });

  it('have the rough imbalance of the largest deviation', () => {
    expect(imbalancePercent(100, 100, 70)).toBeCloseTo(22.2222, 3);
    expect(imbalancePercent(0, 0, 0)).toBe(0);
  });

  it('give the negative sequence they were made with', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (negative, angle) => {
          const percent = negativeSequencePercent(...lineVoltages(negative, angle));
          expect(Math.abs(percent - 100 * negative)).toBeLessThan(1e-3);
        },
      ),
    );
  });

  it('have no negative sequence where they close no triangle', () => {
    expect(negativeSequencePercent(1, 1, 3)).toBeNaN();
  });

  it('tell the lost one, and none where the load itself is nothing', () => {
    expect(lostPhase([120, 3, 118], 10)).toBe(1);
    expect(lostPhase([120, 60, 118], 10)).toBe(-1);
    expect(lostPhase([4, 0, 4], 10)).toBe(-1);
  });
});
