import fc from 'fast-check';
import { leakFromStartM, leakUncertaintyM, waveDelayS } from './wave-location.js';

describe('the place of a leak by its pressure wave', () => {
  it('is 5899.6 m along 10 km, with 400 m/s, 8 m/s of flow and 5 s of delay', () => {
    expect(leakFromStartM({ lengthM: 10_000, waveSpeedMs: 400, flowMs: 8 }, 5)).toBeCloseTo(5899.6, 1);
  });

  it('is the middle where both ends hear it at once, and (L + a Δt) / 2 for gas at rest', () => {
    const path = { lengthM: 800, waveSpeedMs: 400, flowMs: 0 };
    expect(leakFromStartM(path, 0)).toBe(400);
    expect(leakFromStartM(path, 0.5)).toBe(500);
  });

  it('gives back the place from which a wave started, with whatever flow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 50, max: 50_000, noNaN: true }),
        fc.double({ min: 250, max: 450, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lengthM, waveSpeedMs, flowMs, share) => {
          const path = { lengthM, waveSpeedMs, flowMs };
          const place = leakFromStartM(path, waveDelayS(path, share * lengthM));
          expect(Math.abs(place - share * lengthM)).toBeLessThan(1e-6 * lengthM);
        },
      ),
    );
  });

  it('is sure to 2 m with clocks of 10 ms, and to 200 m where samples are a second apart', () => {
    const path = { lengthM: 10_000, waveSpeedMs: 400, flowMs: 0 };
    const none = { clockS: 0, arrivalS: 0, waveSpeedShare: 0, flowMs: 0 };
    expect(leakUncertaintyM(path, 0, { ...none, clockS: 0.01 })).toBeCloseTo(2, 9);
    expect(leakUncertaintyM(path, 0, { ...none, arrivalS: 1 })).toBeCloseTo(200, 9);
  });

  it('covers what a wrong wave speed or an unknown flow does to the place', () => {
    const unit = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.98, noNaN: true }), unit, unit, (share, speedOff, flowOff) => {
        const believed = { lengthM: 1000, waveSpeedMs: 400, flowMs: 0 };
        const delayS = waveDelayS(
          { lengthM: 1000, waveSpeedMs: 400 * (1 + 0.03 * speedOff), flowMs: 5 * flowOff },
          share * 1000,
        );
        const off = Math.abs(leakFromStartM(believed, delayS) - share * 1000);
        const errors = { clockS: 0.001, arrivalS: 0.001, waveSpeedShare: 0.03, flowMs: 5 };
        // Both at their worst add up to more than the root of squares, by at most its square root of two.
        expect(off).toBeLessThan(1.5 * leakUncertaintyM(believed, delayS, errors));
      }),
    );
  });
});
