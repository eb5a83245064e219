import fc from 'fast-check';
import { linePackM3, meanPipePressure, pipeVolumeM3 } from './line-pack.js';
import { ATMOSPHERE_KPA } from './natural-gas.js';

describe('line pack', () => {
  it('is 3418 m3 in 10 km of DN300 between 0.40 and 0.35 MPa at 15 °C', () => {
    const mean = meanPipePressure(400 + ATMOSPHERE_KPA, 350 + ATMOSPHERE_KPA);
    expect(Math.abs(linePackM3(pipeVolumeM3(300, 10_000), mean, 15, 0.99) - 3418)).toBeLessThan(1);
  });

  it('lies on a mean pressure between both ends, the same from either side, and above their middle', () => {
    const pressure = fc.double({ min: 1, max: 5000, noNaN: true });
    fc.assert(
      fc.property(pressure, pressure, (a, b) => {
        const mean = meanPipePressure(a, b);
        expect(mean).toBeGreaterThanOrEqual((a + b) / 2 - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(a, b) + 1e-9);
        expect(mean).toBeCloseTo(meanPipePressure(b, a), 9);
      }),
    );
    expect(meanPipePressure(0, 0)).toBe(0);
  });
});
