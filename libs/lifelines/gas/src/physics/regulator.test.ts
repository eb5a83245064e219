import fc from 'fast-check';
import { filterState, outletState, swingOf } from './regulator.js';

describe('a regulator', () => {
  it.each([
    [2.5, 0.3, 'ordinary'],
    [1.9, 0.3, 'low'],
    [1.2, 0.3, 'cut-off'],
    [2.8, 0.05, 'lock-up-high'],
    [2.8, 0.3, 'ordinary'],
    [3.1, 0.05, 'creep'],
    [3.1, 0.4, 'high'],
    [3.1, NaN, 'high'],
    [3.6, 0.05, 'over-pressure'],
  ])('with %d kPa at its outlet, set to 2.5, and a flow of %d of the rated is %s', (outletKpa, flow, state) => {
    expect(outletState(outletKpa, 2.5, flow)).toBe(state);
  });

  it('is judged the same at any set pressure', () => {
    const share = fc.double({ min: 0.1, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        share,
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        fc.double({ min: 0, max: 1 }),
        (p, set, flow) => {
          // A share that lies on a limit may fall to either side by the last bit.
          if ([0.5, 0.8, 1.1, 1.2, 1.4].some((limit) => Math.abs(p - limit) < 1e-9)) return;
          expect(outletState(p * set, set, flow)).toBe(outletState(p, 1, flow));
        },
      ),
    );
  });

  it('has a filter that is judged at rated flow', () => {
    expect(filterState(8, 1)).toBe('clean');
    expect(filterState(15, 1)).toBe('used');
    expect(filterState(8, 0.6)).toBe('warn');
    expect(filterState(31, 1)).toBe('alarm');
  });

  it('is seen to hunt, with its period and amplitude, on top of a trend and noise', () => {
    const noise = (i: number) => 0.02 * Math.sin(i * 12.9898) * Math.cos(i * 78.233);
    const values = Array.from(
      { length: 90 },
      (_, i) => 2.5 + 0.002 * i + 0.3 * Math.sin((2 * Math.PI * i * 2) / 24) + noise(i),
    );
    const swing = swingOf(values, 2)!;
    expect(swing.amplitude).toBeCloseTo(0.3, 1);
    expect(Math.abs(swing.periodS - 24)).toBeLessThan(2.1);
    expect(swing.regularity).toBeGreaterThan(0.8);
  });

  it('does not hunt where there is noise, rest or a slow wander', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const white = Array.from({ length: 90 }, random);
    expect(swingOf(white, 2)!.regularity).toBeLessThan(0.5);
    expect(swingOf(new Array<number>(90).fill(2.5), 2)).toEqual({ amplitude: 0, periodS: 0, regularity: 0 });
    expect(swingOf(white.slice(0, 10), 2)).toBeUndefined();
  });
});
