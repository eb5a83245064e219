import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { FeederWatch } from './feeder-watch.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-05-04T00:00:00+08:00');
const asset: Asset = {
  ...{ assetId: 'feeder-1', kind: 'feeder', utility: 'power', name: 'Feeder 1', nameZh: '1号线', district: 'x' },
  ...{ geometry: { type: 'Point', coordinates: [118.3, 32.3] }, properties: {} },
};
const sensor = (sensorNo: number, channel: string, type: string, unit: string): Sensor => ({
  ...{ sensorId: `d/${channel}`, sensorNo, deviceId: 'd', channel, utility: 'power', name: channel, unit, type },
  ...{ lon: 118.3, lat: 32.3, assetId: 'feeder-1', intervalS: 60, range: null, limits: {} },
});
const SENSORS = { load: sensor(1, 'load', 'LOAD', '%'), joints: [sensor(2, 'joint', 'T_JNT', 'Cel')], air: [] };

/** A joint over a load with a course of the day, `extraK` hotter than it was. */
function run(watch: FeederWatch, fromDay: number, days: number, extraK: number): string[] {
  const out: Finding[] = [];
  for (let t = fromDay * DAY_MS; t < (fromDay + days) * DAY_MS; t += MINUTE_MS) {
    const percent = 50 + 20 * Math.sin((t / DAY_MS) * 2 * Math.PI);
    watch.takeAt(0, START_MS + t, percent, out);
    watch.takeAt(1, START_MS + t, 20 + 20 * (percent / 100) ** 2 + 0.3 * Math.sin(t * 7.3) + extraK, out);
  }
  return out.filter(({ test }) => test.startsWith('joint')).map(({ change }) => change);
}

describe('a cable joint that runs hotter than its load explains', () => {
  it('is told, and after a person called it the new normal it ends and does not come back', () => {
    const watch = new FeederWatch('feeder', asset, SENSORS);
    expect(run(watch, 0, 3, 0)).toEqual([]);
    expect(run(watch, 3, 0.2, 15)).toEqual(['begin']);
    watch.feedback('new-normal', 'joint-over-load-1');
    expect(run(watch, 3.2, 3, 15)).toEqual(['end']);
  });

  it('is told on where it was called a false alarm, or another test was judged', () => {
    const watch = new FeederWatch('feeder', asset, SENSORS);
    run(watch, 0, 3, 0);
    expect(run(watch, 3, 0.2, 15)).toEqual(['begin']);
    watch.feedback('false-alarm', 'joint-over-load-1');
    watch.feedback('new-normal', 'joint-over-load-2');
    expect(run(watch, 3.2, 0.5, 15)).toEqual([]);
  });
});
