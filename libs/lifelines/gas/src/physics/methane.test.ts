import fc from 'fast-check';
import { dayCycleCorrelation, judgeMethane, methaneStage, percentOfLel, solarHour } from './methane.js';

const HOURS = Array.from({ length: 48 }, (_, i) => i % 24);
const NONE = { risePerHour: 0, cycle: NaN, risingNear: 0, pressureFall: 0 };

describe('methane in a manhole', () => {
  it.each([
    [0.1, 0, 0],
    [0.2, 0, 4],
    [0.1, 0.11, 4],
    [1, 0, 3],
    [2.5, 0, 2],
    [5, NaN, 1],
  ])('of %d %%vol rising %d in an hour is at stage %d', (vol, rise, stage) => {
    expect(methaneStage(vol, rise)).toBe(stage);
  });

  it('is 20 %% of the explosive limit at 1 %%vol', () => {
    expect(percentOfLel(1)).toBeCloseTo(20, 9);
  });

  it('never falls to a lesser stage when there is more of it', () => {
    const vol = fc.double({ min: 0, max: 15, noNaN: true });
    const grave = (stage: number) => (stage === 0 ? 0 : 5 - stage);
    fc.assert(
      fc.property(vol, vol, (a, b) => {
        expect(grave(methaneStage(Math.max(a, b)))).toBeGreaterThanOrEqual(grave(methaneStage(Math.min(a, b))));
      }),
    );
  });

  it('has its noon at 120° east at four in the morning of universal time', () => {
    expect(solarHour(Date.parse('2026-03-10T04:00:00Z'), 120)).toBeCloseTo(12, 9);
  });

  it('is seen to follow the day, also with a lag, and not where it rests or runs against it', () => {
    const warm = HOURS.map((hour) => 0.3 + 0.2 * Math.cos(((hour - 16.5) / 24) * 2 * Math.PI));
    expect(dayCycleCorrelation(HOURS, warm)).toBeGreaterThan(0.95);
    expect(
      dayCycleCorrelation(
        HOURS,
        warm.map((v) => -v),
      ),
    ).toBeLessThan(-0.3);
    expect(
      dayCycleCorrelation(
        HOURS,
        HOURS.map((_, i) => i),
      ),
    ).toBeLessThan(0.8);
    expect(dayCycleCorrelation(HOURS.slice(0, 10), warm.slice(0, 10))).toBeNaN();
    expect(
      dayCycleCorrelation(
        HOURS,
        HOURS.map(() => NaN),
      ),
    ).toBeNaN();
  });

  it('comes from a leak where two points rise together or it comes suddenly, from decay where it follows the day', () => {
    expect(judgeMethane({ ...NONE, risingNear: 1 }).source).toBe('leak');
    expect(judgeMethane({ ...NONE, risePerHour: 3 }).source).toBe('leak');
    expect(judgeMethane({ ...NONE, risePerHour: 0.05, cycle: 0.93 }).source).toBe('marsh-gas');
    expect(judgeMethane(NONE).source).toBe('unclear');
  });

  it('is judged with a confidence between 0 and 1, the surer the more signs there are', () => {
    const signs = fc.record({
      risePerHour: fc.double({ min: -5, max: 50, noNaN: true }),
      cycle: fc.double({ min: -1, max: 1 }),
      risingNear: fc.nat(5),
      pressureFall: fc.double({ min: -10, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(signs, (one) => {
        const { source, confidence } = judgeMethane(one);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThan(1);
        const more = judgeMethane({ ...one, risingNear: 1, risePerHour: 5, pressureFall: 9 });
        expect(more.source).toBe('leak');
        if (source === 'leak') expect(more.confidence).toBeGreaterThanOrEqual(confidence - 1e-9);
      }),
    );
  });
});
