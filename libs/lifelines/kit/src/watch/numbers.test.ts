import fc from 'fast-check';
import { localTime, normalBelow, told } from './numbers.js';

describe('numbers', () => {
  it('are told without a minus before nothing, times as the town has them', () => {
    expect(told(-0.01, 1)).toBe('0.0');
    expect(localTime(Date.parse('2026-07-06T12:30:00Z'))).toBe('20:30');
  });

  it('have the normal law right at its known points, and symmetric', () => {
    expect(normalBelow(0)).toBeCloseTo(0.5, 6);
    expect(normalBelow(1.2816)).toBeCloseTo(0.9, 4);
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (z) => {
        expect(normalBelow(z) + normalBelow(-z)).toBeCloseTo(1, 6);
      }),
    );
  });
});
