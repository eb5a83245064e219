import fc from 'fast-check';
import { RatioFit } from './ratio-fit.js';

describe('the ratios of meters and line pack', () => {
  it('are learned from ordinary slots', () => {
    const ratio = fc.double({ min: 0.9, max: 1.1, noNaN: true });
    fc.assert(
      fc.property(ratio, fc.double({ min: 0.5, max: 2, noNaN: true }), (meters, pack) => {
        const fit = new RatioFit(new Float64Array(RatioFit.FIELDS), 0, 1008);
        for (let i = 0; i < 432; i++) {
          const out = 100 + 60 * Math.sin(i / 23);
          const packed = 20 * Math.cos(i / 11);
          fit.take(meters * out + pack * packed, out, packed);
        }
        expect(fit.fit().meters).toBeCloseTo(meters, 2);
        expect(Math.abs(fit.fit().pack - pack)).toBeLessThan(0.03);
      }),
    );
  });

  it('are 1 before anything is known', () => {
    expect(new RatioFit(new Float64Array(RatioFit.FIELDS), 0, 10).fit()).toEqual({ meters: 1, pack: 1 });
  });
});
