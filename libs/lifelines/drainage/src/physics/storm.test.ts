import fc from 'fast-check';
import {
  HEFEI_2010S,
  millimetresPerHour,
  NANJING_2014,
  returnPeriodYears,
  stormFlow,
  stormIntensity,
} from './storm.js';

describe('a rainstorm', () => {
  it.each([
    [NANJING_2014, 2, 10, 300],
    [NANJING_2014, 2, 60, 137],
    [NANJING_2014, 5, 60, 174],
    [NANJING_2014, 20, 60, 229],
    [HEFEI_2010S, 2, 10, 297],
    [HEFEI_2010S, 20, 60, 203],
  ])('of %o, once in %d years over %d minutes brings %d L/(s ha)', (formula, years, minutes, q) => {
    expect(Math.abs(stormIntensity(years, minutes, formula) - q)).toBeLessThan(0.6);
  });

  it('is as rare as it is intense', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 200, noNaN: true }),
        fc.double({ min: 5, max: 180, noNaN: true }),
        (years, minutes) => {
          const mm = (millimetresPerHour(stormIntensity(years, minutes)) * minutes) / 60;
          expect(returnPeriodYears(mm, minutes) / years).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('runs off by the paving', () => {
    expect(stormFlow(300, 0.8, 2)).toBeCloseTo(480, 9);
  });
});
