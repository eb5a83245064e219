import fc from 'fast-check';
import type { Finding } from '../asset-watch.js';
import { sensorWith } from '../testing/builders.js';
import { watchSwaps } from './plan-swaps.js';
import { SwapWatch } from './swap-watch.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEP_MS = 900_000;
const START_MS = Date.parse('2026-03-01T00:00:00+08:00');

const meters = [1, 2, 3].map((sensorNo) =>
  sensorWith({ sensorNo, sensorId: `meter-${sensorNo}/flow`, name: `Meter ${sensorNo}`, type: 'Q_GAS', unit: 'm3/h' }),
);

/** Even numbers from -1 to 1, the same for the same place in the series. */
function even(at: number): number {
  return 2 * ((Math.sin(at * 12.9898) * 43758.5453) % 1);
}

/** Flow of three streets at a time: each its level, a daily course, a season and weather that all feel. */
function flows(atMs: number): number[] {
  const day = (atMs - START_MS) / DAY_MS;
  const common = 20 * Math.sin(day / 9) + 10 * Math.sin(day * 1.3);
  return [100, 140, 260].map(
    (level, i) =>
      level * (1 + 0.3 * Math.sin(2 * Math.PI * (day + 0.05 * i))) +
      common +
      6 * even(Math.round(atMs / STEP_MS) * 3 + i),
  );
}

function hear(
  watch: SwapWatch,
  days: number,
  change?: (values: number[], day: number) => number[],
  fromDay = 0,
): Finding[] {
  const out: Finding[] = [];
  for (let atMs = START_MS + fromDay * DAY_MS; atMs < START_MS + days * DAY_MS; atMs += STEP_MS) {
    const values = flows(atMs);
    const heard = change ? change(values, (atMs - START_MS) / DAY_MS) : values;
    heard.forEach((value, i) => watch.take(i + 1, atMs, value, out));
  }
  return out;
}

const exchanged = ([a, b, c]: number[], day: number): number[] => (day >= 15 && day < 20 ? [b!, a!, c!] : [a!, b!, c!]);

describe('the watch for exchanged sensors', () => {
  it('names two that were exchanged, since when, and ends when they are back', () => {
    const [begin, end, ...more] = hear(new SwapWatch('w', meters), 24, exchanged);
    expect(more).toEqual([]);
    expect(begin).toMatchObject({ rule: 'group', test: 'swapped', change: 'begin', sensorNo: 1 });
    expect(begin!.atMs - START_MS - 15 * DAY_MS).toBeLessThan(DAY_MS);
    expect(begin!.reason.en).toContain('Meter 1 and Meter 2 seem to be exchanged since');
    expect(begin!.evidence!.carriers.map(({ sensorId }) => sensorId)).toEqual(['meter-1/flow', 'meter-2/flow']);
    expect(end).toMatchObject({ change: 'end', sensorNo: 1, evidence: null });
    expect(end!.atMs - START_MS - 20 * DAY_MS).toBeLessThan(2 * DAY_MS);
  });

  it.each<[string, (values: number[], day: number) => number[]]>([
    ['two months of quiet days under a season', (values) => values],
    ['a meter that reads as its neighbour alone', ([a, b, c], day) => [day >= 15 ? b! : a!, b!, c!]],
    ['a demand that falls everywhere', (values, day) => values.map((value) => (day >= 15 ? 0.6 * value : value))],
    ['a meter that is dead', ([a, b, c], day) => [a!, day >= 15 ? 0 : b!, c!]],
  ])('says nothing of %s', (_, change) => {
    expect(hear(new SwapWatch('w', meters), 60, change)).toEqual([]);
  });

  it('takes the exchange as the usual when a person says that it is right', () => {
    const watch = new SwapWatch('w', meters);
    const stays = ([a, b, c]: number[], day: number): number[] => (day >= 15 ? [b!, a!, c!] : [a!, b!, c!]);
    expect(hear(watch, 17, stays).map(({ change }) => change)).toEqual(['begin']);
    watch.feedback('new-normal');
    expect(hear(watch, 40, stays, 17).map(({ change }) => change)).toEqual(['end']);
  });

  it('goes on from a copy of its state as if nothing had been', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), (cut) => {
        const [one, other] = [new SwapWatch('w', meters), new SwapWatch('w', meters)];
        hear(one, cut, exchanged);
        other.state.set(one.state);
        expect(hear(other, 24, exchanged, cut)).toEqual(hear(one, 24, exchanged, cut));
        expect(other.state.some(Number.isNaN)).toBe(false);
      }),
      { numRuns: 4 },
    );
  });

  it('is made for like sensors of an asset, and of those that are alone on theirs for the district', () => {
    const asset = (assetId: string) => ({
      ...({ assetId, utility: 'gas', kind: 'regulator', name: assetId, nameZh: assetId, district: 'd' } as const),
      ...({ geometry: { type: 'Point', coordinates: [118, 32] }, properties: {} } as const),
    });
    const at = (sensorNo: number, assetId: string, type = 'Q_GAS') =>
      sensorWith({ sensorNo, sensorId: `d/${sensorNo}`, type, assetId, intervalS: 60 });
    const watches = watchSwaps(
      [asset('a'), asset('b'), asset('c')].map((one) => ({
        ...one,
        geometry: { ...one.geometry, coordinates: [118, 32] as [number, number] },
      })),
      [at(1, 'a'), at(2, 'a'), at(3, 'b'), at(4, 'c'), at(5, 'c', 'P_LOW')],
    );
    expect(watches.map(({ sensorNos }) => sensorNos)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
