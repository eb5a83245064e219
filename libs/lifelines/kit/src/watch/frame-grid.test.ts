import fc from 'fast-check';
import { FrameGrid } from './frame-grid.js';

interface Reading {
  readonly place: number;
  readonly atMs: number;
  readonly value: number;
}

function framesOf(readings: readonly Reading[], sensors: number, endMs = 1e9): string[] {
  const grid = new FrameGrid(new Float64Array(FrameGrid.stateSize(sensors)), sensors, 100);
  const out: string[] = [];
  const closed = (frame: { startMs: number; mean: Float64Array; count: Float64Array; skipped: number }): void =>
    void out.push(
      `${frame.startMs} ${[...frame.mean].map((m) => m.toFixed(2)).join()} ${[...frame.count].join()} ${frame.skipped}`,
    );
  for (const { place, atMs, value } of readings) grid.take(place, atMs, value, closed);
  grid.tick(endMs, 0, closed);
  return out;
}

describe('frames', () => {
  it('put sensors side by side, whichever comes first', () => {
    const first = [0, 50, 100, 150, 200].map((atMs) => ({ place: 0, atMs, value: atMs }));
    const second = [10, 110, 210].map((atMs) => ({ place: 1, atMs, value: 1 }));
    const side = ['0 25.00,1.00 2,1 0', '100 125.00,1.00 2,1 0', '200 200.00,1.00 1,1 0'];
    const byTime = [...first, ...second].sort((a, b) => a.atMs - b.atMs);
    expect(framesOf(byTime, 2)).toEqual(side);
    expect(framesOf([...first.slice(0, 2), ...second, ...first.slice(2)], 2)).toEqual(side);
  });

  it('take a long silence in one step, and say how long it was', () => {
    const frames = framesOf(
      [
        { place: 0, atMs: 10, value: 1 },
        { place: 0, atMs: 100_010, value: 2 },
      ],
      1,
      200_000,
    );
    expect(frames[0]).toBe('0 1.00 1 0');
    expect(frames.length).toBeLessThan(8);
    expect(frames.at(-1)!.startsWith('100000 2.00 1')).toBe(true);
  });

  it('ascend, and count each reading of one sensor exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 60 }), (steps) => {
        let atMs = 0;
        const readings = steps.map((step) => ({ place: 0, atMs: (atMs += step), value: 1 }));
        const frames = framesOf(readings, 1).map((text) => text.split(' ').map(Number.parseFloat));
        expect(frames.reduce((sum, frame) => sum + frame[2]!, 0)).toBe(readings.length);
        frames.forEach((frame, i) => {
          if (i > 0) expect(frame[0]!).toBeGreaterThan(frames[i - 1]![0]!);
        });
      }),
    );
  });
});
