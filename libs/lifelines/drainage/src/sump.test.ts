import fc from 'fast-check';
import { Sump, SUMP } from './sump.js';

describe('a sump', () => {
  it('stays between stop and start, with a step to spare, whatever ordinary water comes in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3.5, noNaN: true }),
        fc.double({ min: SUMP.stopM, max: SUMP.startM, noNaN: true }),
        (inflow, level) => {
          const sump = new Sump(level);
          let lowest = Infinity;
          let highest = -Infinity;
          for (let i = 0; i < 3000; i++) {
            sump.step(1 / 30, inflow, 'ready');
            lowest = Math.min(lowest, sump.levelM);
            highest = Math.max(highest, sump.levelM);
          }
          expect(lowest).toBeGreaterThan(SUMP.lowM);
          expect(highest).toBeLessThan(SUMP.highM);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('fills to the rim when its pumps fail, and is pumped out when they run again', () => {
    const sump = new Sump(1.5);
    for (let i = 0; i < 3000; i++) sump.step(1 / 30, 1, 'failed');
    expect(sump.levelM).toBe(SUMP.rimM);
    for (let i = 0; i < 3000; i++) sump.step(1 / 30, 1, 'ready');
    expect(sump.levelM).toBeLessThan(SUMP.highM);
  });
});
