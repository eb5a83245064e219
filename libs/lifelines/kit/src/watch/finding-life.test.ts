import fc from 'fast-check';
import type { Finding } from '@lifeline/detection';
import { evidenceOf } from './evidence.js';
import { FindingLife, type Judged } from './finding-life.js';

const describeIt = (level: number): Judged => ({
  sensorNo: 7,
  value: 1,
  priority: level > 1 ? 'red' : 'yellow',
  reason: { en: 'x', zh: 'x' },
  evidence: evidenceOf({ test: 't', carriers: [], confidence: 1, figures: [] }),
});
const made = (state = new Float64Array(FindingLife.STATE_SIZE)): FindingLife =>
  new FindingLife(state, { test: 't', onDelayMs: [20, 10], offDelayMs: 30 });
const told = (levels: readonly number[]): string[] => {
  const out: Finding[] = [];
  const life = made();
  levels.forEach((level, i) => life.judge(level, i * 10, out, describeIt));
  return out.map(({ change, atMs }) => `${change} ${atMs}`);
};

describe('the life of a finding', () => {
  it('begins after its delay, worsens once, and ends when all was well for long enough', () => {
    expect(told([1, 1, 1, 2, 2, 2, 0, 0, 0, 0])).toEqual(['begin 20', 'worsen 40', 'end 90']);
  });

  it('says nothing of a brief excess, and does not end in a brief calm', () => {
    expect(told([1, 1, 0, 1, 1, 0])).toEqual([]);
    expect(told([1, 1, 1, 0, 0, 1, 0, 0, 1])).toEqual(['begin 20']);
  });

  it('alternates begins and ends, with times that ascend, whatever is judged and wherever it restarts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 80 }), fc.nat(79), (levels, restart) => {
        const out: Finding[] = [];
        let state = new Float64Array(FindingLife.STATE_SIZE);
        let life = made(state);
        levels.forEach((level, i) => {
          if (i === restart) {
            state = Float64Array.from(state);
            life = made(state);
          }
          life.judge(level, i * 10, out, describeIt);
        });
        let open = false;
        out.forEach(({ change, atMs }, i) => {
          expect(change === 'begin').toBe(!open);
          open = change !== 'end';
          if (i > 0) expect(atMs).toBeGreaterThan(out[i - 1]!.atMs);
        });
      }),
    );
  });
});

describe('evidence', () => {
  it('leaves out what is not finite, and shares one among its carriers', () => {
    const evidence = evidenceOf({
      test: 't',
      expected: { value: NaN, low: 0, high: 1 },
      residual: Infinity,
      carriers: [
        { sensorId: 'a', share: 1, value: NaN },
        { sensorId: 'b', share: 3, value: 2 },
      ],
      confidence: 1.5,
      figures: [{ name: { en: 'x', zh: 'x' }, value: NaN, unit: '1' }],
    });
    expect(evidence).toMatchObject({ expected: null, residual: null, confidence: 1, figures: [] });
    expect(evidence.carriers).toEqual([
      { sensorId: 'b', share: 0.75, value: 2, expected: null },
      { sensorId: 'a', share: 0.25, value: null, expected: null },
    ]);
  });
});
