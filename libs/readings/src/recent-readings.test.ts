import fc from 'fast-check';
import { RecentReadings } from './recent-readings.js';

const key = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1_690_000_000_000, max: 1_690_000_000_040 }));

describe('recent readings', () => {
  it('know a reading again exactly where it came before', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 500 }), (keys) => {
        const recent = new RecentReadings(1024);
        const before = new Set<string>();
        for (const [sensorNo, measuredAtMs] of keys) {
          if (recent.seen(sensorNo, measuredAtMs) !== before.has(`${sensorNo} ${measuredAtMs}`)) return false;
          before.add(`${sensorNo} ${measuredAtMs}`);
        }
        return true;
      }),
    );
  });

  it('know at least the newest of their capacity, however many came', () => {
    const recent = new RecentReadings(64);
    for (let i = 0; i < 1_000; i++) {
      expect(recent.seen(i % 7, 1_000 + i)).toBe(false);
      for (let back = 0; back < Math.min(i, 64); back += 9)
        expect(recent.seen((i - back) % 7, 1_000 + i - back)).toBe(true);
    }
  });

  it('forget what was not kept, and nothing else', () => {
    const recent = new RecentReadings(64);
    for (let i = 0; i < 64; i++) recent.add(i, 5);
    recent.forget(10, 5);

    expect(recent.seen(10, 5)).toBe(false);
    expect(recent.seen(10, 5)).toBe(true);
    for (let i = 0; i < 64; i++) expect(recent.seen(i, 5)).toBe(true);
  });
});
