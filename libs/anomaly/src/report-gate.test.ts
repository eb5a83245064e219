import { ReportGate } from './report-gate.js';
import { StateMemory } from './state-memory.js';

function passed(rarities: readonly number[], quietReadings = 10): boolean[] {
  const gate = new ReportGate(new StateMemory(100), quietReadings);
  return rarities.map((decades) => gate.passes(decades));
}

describe('the report gate', () => {
  it('lets one of equals pass, and the next after the quiet time', () => {
    const result = passed(new Array<number>(23).fill(1));
    expect(result.filter(Boolean).length).toBeLessThanOrEqual(8);
    expect(result.slice(0, 3)).toEqual([true, false, false]);
    expect(passed([1, ...new Array<number>(9).fill(0), 1])[10]).toBe(true);
  });

  it('lets what is clearly rarer pass at once', () => {
    expect(passed([1, 1.1, 2])).toEqual([true, false, true]);
  });

  it('passes nothing usual', () => {
    expect(passed([0, 0.1, 0.3])).toEqual([false, false, false]);
  });
});
