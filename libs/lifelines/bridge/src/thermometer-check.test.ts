import fc from 'fast-check';
import { accusesThermometer, thermometerError } from './thermometer-check.js';

const perKelvin = [1, 0.7, -0.4, 2];

describe('the error of a thermometer', () => {
  it('is found from what all gauges do, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -15, max: 15, noNaN: true }), (errorK) => {
        const error = thermometerError(
          perKelvin.map((slope) => ({ residual: -slope * errorK, deviation: 0.3, perKelvin: slope })),
        );
        expect(error.errorK).toBeCloseTo(errorK, 9);
        if (Math.abs(errorK) > 3.1) expect(accusesThermometer(error, 3, 0.8)).toBe(true);
        if (Math.abs(errorK) < 2.9) expect(accusesThermometer(error, 3, 0.8)).toBe(false);
      }),
    );
  });

  it('is not believed on the word of one gauge, however loud', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.double({ min: 5, max: 100, noNaN: true }), (loud, residual) => {
        const error = thermometerError(
          perKelvin.map((slope, i) => ({ residual: i === loud ? residual : 0, deviation: 0.3, perKelvin: slope })),
        );
        expect(accusesThermometer(error, 3, 0.5)).toBe(false);
      }),
    );
  });

  it('is nothing where no gauge goes with temperature', () => {
    expect(thermometerError([{ residual: 5, deviation: 1, perKelvin: 0 }])).toMatchObject({ errorK: 0, witnesses: 0 });
  });
});
