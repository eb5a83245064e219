import fc from 'fast-check';
import { sagCentre, type SagPoint } from './pressure-profile.js';

/** Points every 400 m, with a fall around a leak that fades by 1/e in 400 m. */
function grid(leakX: number, leakY: number, deep: number): SagPoint[] {
  return Array.from({ length: 25 }, (_, i) => {
    const [x, y] = [(i % 5) * 400, Math.floor(i / 5) * 400];
    return {
      x,
      y,
      sag: deep * Math.exp(-Math.hypot(x - leakX, y - leakY) / 400) + 1e-5 * Math.sin(i * 7),
      noise: 1e-4,
    };
  });
}

describe('the sag of pressure around a leak', () => {
  it('shows the leak within the stated radius', () => {
    const at = fc.double({ min: 300, max: 1300, noNaN: true });
    fc.assert(
      fc.property(at, at, (x, y) => {
        const centre = sagCentre(grid(x, y, 0.02))!;
        expect(Math.hypot(centre.x - x, centre.y - y)).toBeLessThan(1.3 * centre.radiusM);
        expect(centre.radiusM).toBeLessThan(500);
      }),
    );
  });

  it('shows nothing in noise, where all sag alike, or with two points', () => {
    expect(sagCentre(grid(800, 800, 0))).toBeUndefined();
    expect(sagCentre(grid(0, 0, 0).map((point) => ({ ...point, sag: 0.01 })))).toBeUndefined();
    expect(sagCentre(grid(800, 800, 0.02).slice(0, 2))).toBeUndefined();
  });
});
