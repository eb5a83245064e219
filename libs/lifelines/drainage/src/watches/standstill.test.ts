import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { Standstill } from './standstill.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const STATION: Asset = {
  ...{ assetId: 's', utility: 'drainage', kind: 'pump-station', name: 'Station', nameZh: '泵站', district: 'd' },
  ...{ geometry: { type: 'Point', coordinates: [118, 32] }, properties: {} },
};
const LEVEL: Sensor = {
  ...{
    sensorId: 's/level',
    sensorNo: 4,
    deviceId: 's',
    channel: 'level',
    utility: 'drainage',
    name: 'Level',
    unit: 'm',
  },
  ...{ lon: 118, lat: 32, assetId: 's', type: 'LVL_SP', intervalS: 60, range: { low: 0, high: 10 }, limits: {} },
};

/** Saw teeth of an hour; from two at night for `nightMinutes` nothing comes in; the meter hangs in the span given. */
function hear(days: number, nightMinutes: number, hangs: [from: number, to: number] = [0, 0]): Finding[] {
  const stand = new Standstill(new Float64Array(Standstill.FIELDS), 0, STATION, LEVEL);
  const out: Finding[] = [];
  let value = 1;
  for (let minute = 0; minute < days * DAY_MINUTES; minute++) {
    const ofDay = minute % DAY_MINUTES;
    const dry = ofDay >= 120 && ofDay < 120 + nightMinutes;
    if (!dry && !(minute >= hangs[0] && minute < hangs[1])) value = 1 + ((minute % 60) / 60) * 1.5;
    stand.take(minute * MINUTE_MS, value, out);
  }
  return out;
}

describe('a sump level that stands still', () => {
  it('is told once, some hours after it should have moved, and ends when it moves', () => {
    const from = 5 * DAY_MINUTES + 600;
    const found = hear(8, 0, [from, from + 600]);
    expect(found.map(({ change, sensorNo, test }) => [change, sensorNo, test])).toEqual([
      ['begin', 4, 'sump-stuck'],
      ['end', 4, 'sump-stuck'],
    ]);
    expect(found[0]!.atMs / MINUTE_MS - from).toBeLessThan(150);
  });

  it('is nothing where nights without inflow are as long as they always were', () => {
    expect(hear(20, 240)).toEqual([]);
  });

  it('is told later where the sump often stands still for hours', () => {
    const from = 5 * DAY_MINUTES + 600;
    expect(hear(8, 240, [from, from + 600])).toEqual([]);
    expect(hear(8, 240, [from, from + 840]).map(({ change }) => change)).toEqual(['begin', 'end']);
  });
});
