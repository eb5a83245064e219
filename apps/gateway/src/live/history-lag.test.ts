import fc from 'fast-check';
import { HistoryLag } from './history-lag.js';

describe('the lag of the history', () => {
  it('is the readings after the cursor, in every partition, a repeat counted once', () => {
    const lag = new HistoryLag(2);
    lag.passed(0, 1, 10);
    lag.passed(0, 2, 20);
    lag.passed(0, 2, 20);
    lag.passed(1, 1, 5);
    expect(lag.waiting([0, 0])).toBe(35);
    expect(lag.waiting([1, 0])).toBe(25);
    expect(lag.waiting([2, 1])).toBe(0);
    expect(lag.waiting([])).toBe(0);
  });

  it('loses no reading while entries are joined', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (records) => {
        const lag = new HistoryLag(1);
        for (let sequence = 1; sequence <= records; sequence++) lag.passed(0, sequence, 3);
        expect(lag.waiting([0])).toBe(records * 3);
        expect(lag.waiting([records])).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
