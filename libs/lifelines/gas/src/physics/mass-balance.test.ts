import fc from 'fast-check';
import { balanceLimit, BALANCE_WINDOWS, meterUncertainty, missingShare } from './mass-balance.js';

const [, hour, day] = BALANCE_WINDOWS;
const volume = fc.double({ min: 1, max: 1e6, noNaN: true });

describe('the mass balance', () => {
  it('misses nothing where what came in went out or was packed', () => {
    fc.assert(
      fc.property(volume, fc.double({ min: -1000, max: 1000, noNaN: true }), (outM3, packedM3) => {
        expect(Math.abs(missingShare(outM3 + packedM3, outM3, packedM3, 1))).toBeLessThan(1e-6);
      }),
    );
  });

  it('gives a loss as its share of the inflow', () => {
    expect(missingShare(1000, 940, 10)).toBeCloseTo(0.05, 9);
    expect(missingShare(100, 50, 0, 1000)).toBeCloseTo(0.05, 9);
    expect(missingShare(0, 0, 0)).toBe(0);
  });

  it('never judges finer than its meters measure', () => {
    expect(meterUncertainty(0.015, 0.015)).toBeCloseTo(0.0212, 4);
    expect(balanceLimit(day!, 0, meterUncertainty(0.015, 0.015), 1e9)).toBeCloseTo(0.0212, 4);
    expect(balanceLimit(hour!, 0, 0.0212, 1e9)).toBeCloseTo(0.03, 6);
  });

  it('rises to three deviations, and is wide while little is known', () => {
    expect(balanceLimit(hour!, 0.02, 0.02, 1e9)).toBeCloseTo(0.06, 6);
    expect(balanceLimit(hour!, 0.02, 0.02, 48)).toBeCloseTo(0.18, 6);
  });
});
