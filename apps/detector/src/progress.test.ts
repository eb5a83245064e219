import { Progress } from './progress.js';

describe('the progress in the readings', () => {
  it('lets the clock tell the time where nothing lags', () => {
    const progress = new Progress(2);
    progress.begin([5, 5], [5, 5]);
    expect(progress.lagRecords).toBe(0);
    expect(progress.arrived(0, 1000)).toBeUndefined();
  });

  it('tells the time of the partition that is furthest behind', () => {
    const progress = new Progress(2);
    progress.begin([0, 0], [2, 2]);
    expect(progress.arrived(0, 9000)).toBeUndefined();
    progress.took(0, 1);
    expect(progress.arrived(1, 1000)).toBe(1000);
    progress.took(1, 1);
    expect(progress.arrived(1, 12_000)).toBe(9000);
    progress.took(1, 2);
    expect(progress.arrived(0, 13_000)).toBe(13_000);
    expect(progress.lagRecords).toBe(1);
  });
});
