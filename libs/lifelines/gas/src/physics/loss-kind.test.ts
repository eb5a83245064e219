import fc from 'fast-check';
import { lossKind } from './loss-kind.js';

function sums(inflows: readonly number[], loss: (inflow: number) => number) {
  const out = { count: 0, drawn: 0, loss: 0, drawn2: 0, both: 0, loss2: 0 };
  for (const inflow of inflows) {
    const lost = loss(inflow);
    out.count++;
    out.drawn += inflow;
    out.loss += lost;
    out.drawn2 += inflow * inflow;
    out.both += inflow * lost;
    out.loss2 += lost * lost;
  }
  return out;
}

const DAY = Array.from({ length: 24 }, (_, hour) => 1000 + 700 * Math.sin((hour / 24) * 2 * Math.PI));

describe('a loss', () => {
  it('of a hole is constant, of a meter or a thief it follows demand', () => {
    const size = fc.double({ min: 1, max: 500, noNaN: true });
    fc.assert(
      fc.property(size, (loss) => {
        expect(lossKind(sums(DAY, () => loss)).kind).toBe('constant');
        expect(lossKind(sums(DAY, (inflow) => (loss / 1000) * inflow)).kind).toBe('follows-demand');
      }),
    );
  });

  it('is not told where it scatters as much as it is', () => {
    expect(lossKind(sums(DAY, (inflow) => 50 + 300 * Math.sin(inflow * 99))).kind).toBe('unclear');
  });

  it('is not told as long as demand rests, or little is known', () => {
    expect(lossKind(sums(new Array<number>(24).fill(1000), () => 50)).kind).toBe('unclear');
    expect(lossKind(sums(DAY.slice(0, 5), () => 50)).kind).toBe('unclear');
    expect(lossKind(sums(DAY, () => -50)).kind).toBe('unclear');
  });
});
