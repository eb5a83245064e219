import fc from 'fast-check';
import { judgeManhole } from './manhole.js';

const DRY = { excessM: 1, waterHeightM: 12, invertM: 10.5, riverM: 10, rainMm: 0, others: 5, othersHigh: 0 };

describe('water that stands in a manhole', () => {
  it('is blocked where it alone stands, without rain and without the river', () => {
    expect(judgeManhole(DRY)).toEqual({ cause: 'blockage', confidence: expect.closeTo(0.9, 6) });
  });

  it('comes from the river where it stands as high as that', () => {
    expect(judgeManhole({ ...DRY, riverM: 12.1, othersHigh: 2 }).cause).toBe('backflow');
    expect(judgeManhole({ ...DRY, riverM: 13.5 }).cause).toBe('blockage');
  });

  it('comes from the rain where it rains and others stand high too', () => {
    expect(judgeManhole({ ...DRY, rainMm: 15, othersHigh: 4 }).cause).toBe('rain');
    expect(judgeManhole({ ...DRY, rainMm: 15 }).cause).toBe('blockage');
  });

  it('is judged with less confidence where rain and river are not measured', () => {
    const blind = judgeManhole({ ...DRY, rainMm: NaN, riverM: NaN, invertM: NaN, others: 0 });
    expect(blind.cause).toBe('blockage');
    expect(blind.confidence).toBeLessThan(0.6);
  });

  it('is never taken for backflow where the river is under the invert', () => {
    const m = fc.double({ min: 5, max: 20, noNaN: true });
    fc.assert(
      fc.property(m, m, m, fc.nat(40), (waterHeightM, invertM, riverM, rainMm) => {
        const { cause, confidence } = judgeManhole({ ...DRY, waterHeightM, invertM, riverM, rainMm });
        if (riverM <= invertM) expect(cause).not.toBe('backflow');
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
