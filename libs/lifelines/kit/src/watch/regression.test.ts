import fc from 'fast-check';
import { Regression, type RegressionOptions } from './regression.js';
import { Spread } from './spread.js';

const OPTIONS: RegressionOptions = {
  prior: [
    { mean: 0, deviation: 100 },
    { mean: 0, deviation: 100 },
  ],
  noise: 1,
  memory: 500,
};
const made = (options = OPTIONS): Regression => new Regression(new Float64Array(Regression.stateSize(2)), options);
const number = fc.double({ min: -20, max: 20, noNaN: true });

describe('the running regression', () => {
  it('finds the line it is shown, whatever it is', () => {
    fc.assert(
      fc.property(number, number, (offset, slope) => {
        const regression = made();
        for (let i = 0; i < 400; i++) regression.learn([1, Math.sin(i)], offset + slope * Math.sin(i));
        expect(regression.coefficient(0)).toBeCloseTo(offset, 2);
        expect(regression.coefficient(1)).toBeCloseTo(slope, 2);
      }),
    );
  });

  it('doubts what it has not seen, and never more than its prior', () => {
    const regression = made();
    for (let i = 0; i < 20_000; i++) regression.learn([1, 0], 5);
    expect(regression.doubt([1, 0])).toBeLessThan(0.2);
    expect(regression.doubtOf(1)).toBeLessThanOrEqual(100 + 1e-9);
    expect(regression.doubt([1, 1])).toBeGreaterThan(10);
  });

  it('learns nothing of what is not finite, and goes on from a copied state', () => {
    const regression = made();
    regression.learn([1, 2], 3);
    regression.learn([1, NaN], 3);
    regression.learn([1, 2], Infinity);
    expect(regression.count).toBe(1);
  });
});

describe('the running deviation', () => {
  it('comes near the deviation of a normal law, and is not moved by a single outlier', () => {
    const spread = new Spread(new Float64Array(Spread.STATE_SIZE), 500, 0.01);
    let seed = 1;
    const even = (): number => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
    for (let i = 0; i < 3000; i++)
      spread.learn(2 * Math.sqrt(-2 * Math.log(even() || 0.5)) * Math.cos(2 * Math.PI * even()));
    expect(Math.abs(spread.deviation - 2)).toBeLessThan(0.3);
    const before = spread.deviation;
    spread.learn(1e9);
    expect(spread.deviation).toBeLessThan(1.05 * before);
  });
});
