import fc from 'fast-check';
import { lineLengthM, metresBetween, placeOnLine, pointAlong, stretchOf } from './asset-line.js';

const LINE: [number, number][] = [
  [118.3, 32.3],
  [118.305, 32.3],
  [118.305, 32.304],
];

describe('a line on the ground', () => {
  it('is measured in metres', () => {
    expect(metresBetween([118.3, 32.3], [118.3, 32.31])).toBeCloseTo(1109, 0);
    expect(metresBetween([118.3, 32.3], [118.31, 32.3])).toBeCloseTo(940.9, 0);
  });

  it('gives back the place of a point that was taken from it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const alongM = share * lineLengthM(LINE);
        const place = placeOnLine(LINE, pointAlong(LINE, alongM));
        expect(place.awayM).toBeLessThan(0.5);
        expect(Math.abs(place.alongM - alongM)).toBeLessThan(0.5);
      }),
    );
  });

  it('cuts a stretch that keeps its bends and its length', () => {
    const stretch = stretchOf(LINE, 100, 800);
    expect(stretch).toHaveLength(3);
    expect(Math.abs(lineLengthM(stretch) - 700)).toBeLessThan(1);
  });

  it('holds a stretch of a long line to what an alarm can carry', () => {
    const long = Array.from({ length: 500 }, (_, i): [number, number] => [118.3 + i * 1e-4, 32.3]);
    const stretch = stretchOf(long, 0, lineLengthM(long));
    expect(stretch).toHaveLength(64);
    expect(stretch.at(-1)).toEqual(long.at(-1));
  });
});
