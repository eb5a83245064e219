import type { Finding } from '../asset-watch.js';
import { sensorWith } from '../testing/builders.js';
import { WildWatch } from './wild-watch.js';

const STEP_MS = 900_000;
const DAY_STEPS = 96;
const START_MS = 1_700_000_000_000;
const oil = sensorWith({ sensorNo: 1, name: 'Top oil', type: 'T_OIL', unit: 'degC', intervalS: 900 });

function even(at: number): number {
  return 2 * ((Math.sin(at * 12.9898) * 43758.5453) % 1);
}

/** Days of a slow course with noise; `wild` says by how much a step's reading is off. */
function hear(watch: WildWatch, fromDay: number, toDay: number, wild: (step: number) => number = () => 0): Finding[] {
  const out: Finding[] = [];
  for (let step = fromDay * DAY_STEPS; step < toDay * DAY_STEPS; step++) {
    const value = 50 + 8 * Math.sin((2 * Math.PI * step) / DAY_STEPS) + 0.3 * even(step);
    watch.take(1, START_MS + step * STEP_MS, value + wild(step), out);
  }
  return out;
}

describe('the count of wild readings', () => {
  it('finds a sensor that gives single wild readings again and again, once, and ends when it is mended', () => {
    const found = hear(new WildWatch('w', [oil]), 0, 14, (step) =>
      step > 960 && step < 1056 && step % 11 === 0 ? 24 : 0,
    );
    expect(found.map(({ change, sensorNo, test }) => [change, sensorNo, test])).toEqual([
      ['begin', 1, 'wild-readings'],
      ['end', 1, 'wild-readings'],
    ]);
    expect(found[0]!.atMs).toBeLessThan(START_MS + 1056 * STEP_MS);
  });

  it.each<[string, (step: number) => number]>([
    ['quiet days', () => 0],
    ['one wild reading every few days', (step) => (step % 300 === 299 ? 24 : 0)],
    ['a level that moved', (step) => (step > 960 ? 24 : 0)],
    ['what lasts some readings', (step) => (step > 960 && step % 20 < 4 ? 24 : 0)],
  ])('says nothing of %s', (_, wild) => {
    expect(hear(new WildWatch('w', [oil]), 0, 30, wild)).toEqual([]);
  });

  it('goes on from a copy of its state as if nothing had been', () => {
    const often = (step: number) => (step > 960 && step % 11 === 0 ? 24 : 0);
    const [one, other] = [new WildWatch('w', [oil]), new WildWatch('w', [oil])];
    hear(one, 0, 10, often);
    other.state.set(one.state);
    expect(hear(other, 10, 12, often)).toEqual(hear(one, 10, 12, often));
  });
});
