import fc from 'fast-check';
import { efficiencyLoss, judgeSump, pumpRate } from './pump.js';

const HIGH = { levelM: 2.6, startM: 2.3, allOnM: 3.6, slopeMMin: 0.1, usualFillMMin: 0.1, rainMm: 0 };

describe('the pumps of a sump', () => {
  it('lift what comes in and what falls', () => {
    expect(pumpRate(0.1, -0.35)).toBeCloseTo(0.45, 9);
  });

  it('have lost the share that they no longer lift', () => {
    expect(efficiencyLoss(0.5, 0.35)).toBeCloseTo(0.3, 9);
    expect(efficiencyLoss(0, 0.3)).toBe(0);
  });

  it('fail where the level rises, over their start, as it does while they rest', () => {
    expect(judgeSump(HIGH)).toMatchObject({ kind: 'pumps-fail' });
    expect(judgeSump({ ...HIGH, rainMm: 30 })).toMatchObject({ kind: 'pumps-fail' });
  });

  it('are overcome by a rain that slows the rise no further', () => {
    expect(judgeSump({ ...HIGH, slopeMMin: 0.02, usualFillMMin: 0.4, rainMm: 30 })).toMatchObject({
      kind: 'inflow-beyond-pumps',
    });
  });

  it('are ordinary under their start level, and as long as the level falls', () => {
    const level = fc.double({ min: 0, max: 6, noNaN: true });
    const slope = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(level, slope, fc.double({ min: 0, max: 60 }), (levelM, slopeMMin, rainMm) => {
        const verdict = judgeSump({ ...HIGH, levelM, slopeMMin, rainMm });
        if (levelM < HIGH.startM || slopeMMin < 0) expect(verdict.kind).toBe('ordinary');
        if (verdict.kind !== 'ordinary') expect(verdict.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
