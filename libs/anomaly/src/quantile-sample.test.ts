import fc from 'fast-check';
import { QuantileSample } from './quantile-sample.js';
import { StateMemory } from './state-memory.js';

function sampleOf(values: Iterable<number>): QuantileSample {
  const sample = new QuantileSample(new StateMemory(4000), 256, [0.1, 0.5, 0.9]);
  for (const value of values) sample.add(value);
  return sample;
}

describe('the quantile sample', () => {
  it('is empty at first', () => {
    expect(sampleOf([]).at(1)).toBeNaN();
  });

  it('is near the exact quantiles of a long series', () => {
    const sample = sampleOf(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 1000));
    expect(Math.abs(sample.at(0) - 100)).toBeLessThan(40);
    expect(Math.abs(sample.at(1) - 500)).toBeLessThan(60);
    expect(Math.abs(sample.at(2) - 900)).toBeLessThan(40);
  });

  it('keeps its quantiles in order and among the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const sample = sampleOf(values);
        const quantiles = [sample.at(0), sample.at(1), sample.at(2)];
        expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
        for (const quantile of quantiles) expect(values).toContain(quantile);
      }),
    );
  });
});
