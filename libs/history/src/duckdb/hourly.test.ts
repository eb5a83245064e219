import fc from 'fast-check';
import { DAY_MS, HOUR_MS, hourGrid, partByDays } from './hourly.js';

const DAY0 = 20_500;

describe('the grid of whole hours', () => {
  it('has no more buckets than points, and none before the hour of the start', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 1, max: 400 * DAY_MS }),
        fc.integer({ min: 1, max: 2000 }),
        (from, length, points) => {
          const grid = hourGrid(from, from + length, points);
          if (!grid) return expect(length / points).toBeLessThan(4 * HOUR_MS);
          expect(grid.widthMs % HOUR_MS).toBe(0);
          expect(from - grid.startMs).toBeLessThan(HOUR_MS);
          return expect(Math.ceil((from + length - grid.startMs) / grid.widthMs)).toBeLessThanOrEqual(points);
        },
      ),
    );
  });
});

describe('parting a range by the days whose hours are there', () => {
  it('reads every moment once, from hours or from rows', () => {
    fc.assert(
      fc.property(
        fc.nat(5 * DAY_MS),
        fc.integer({ min: 1, max: 5 * DAY_MS }),
        fc.uniqueArray(fc.nat(9)),
        (start, length, picked) => {
          const [fromMs, toMs] = [DAY0 * DAY_MS + start, DAY0 * DAY_MS + start + length];
          const days = picked.map((day) => DAY0 + day).sort((a, b) => a - b);
          const { summed, raw } = partByDays(fromMs, toMs, days);
          const all = [...summed, ...raw].sort((a, b) => a.fromMs - b.fromMs);
          expect(all[0]?.fromMs).toBe(fromMs);
          expect(all.at(-1)?.toMs).toBe(toMs);
          all.forEach((span, i) => i > 0 && expect(span.fromMs).toBe(all[i - 1]!.toMs));
          for (const span of summed) {
            expect([span.fromMs % HOUR_MS, span.toMs % HOUR_MS]).toEqual([0, 0]);
            for (let at = span.fromMs; at < span.toMs; at += HOUR_MS) expect(days).toContain(Math.floor(at / DAY_MS));
          }
        },
      ),
    );
  });
});
