import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { TransformerWatch } from './transformer-watch.js';

const RECORDING = join(import.meta.dirname, '../../../../../shared/data/power-transformer/ETTh1.csv');

const asset: Asset = {
  assetId: 'recorded',
  utility: 'power',
  kind: 'transformer',
  name: 'Recorded transformer',
  nameZh: '实测变压器',
  district: 'x',
  geometry: { type: 'Point', coordinates: [118, 32] },
  properties: { cooling: 'ONAN', ratedMva: 20 },
};

const sensor = (sensorNo: number, channel: string, type: string, unit: string): Sensor => ({
  sensorId: `recorded/${channel}`,
  sensorNo,
  deviceId: 'recorded',
  channel,
  utility: 'power',
  name: channel,
  unit,
  lon: 118,
  lat: 32,
  assetId: 'recorded',
  type,
  intervalS: 3600,
  range: null,
  limits: {},
});

interface Row {
  readonly atMs: number;
  readonly loadPercent: number;
  readonly oilC: number;
}

/** Load as the apparent power of the high side over what it hardly ever passes: the rating is not given. */
function rows(): Row[] {
  const all = readFileSync(RECORDING, 'utf8').trim().split('\n').slice(1);
  const parsed = all.map((line) => {
    const [date, useful, useless, , , , , oil] = line.split(',');
    return {
      atMs: Date.parse(`${date!.replace(' ', 'T')}+08:00`),
      power: Math.hypot(Number(useful), Number(useless)),
      oilC: Number(oil),
    };
  });
  const rated = parsed.map(({ power }) => power).sort((a, b) => a - b)[Math.floor(0.999 * parsed.length)]!;
  return parsed.map(({ atMs, power, oilC }) => ({ atMs, loadPercent: (100 * power) / rated, oilC }));
}

function watched(list: readonly Row[], extraK: (atMs: number) => number): Finding[] {
  const watch = new TransformerWatch('recorded', asset, {
    load: sensor(0, 'load', 'LOAD', '%'),
    oil: sensor(1, 'oil', 'T_OIL', 'Cel'),
    air: [],
  });
  const out: Finding[] = [];
  for (const { atMs, loadPercent, oilC } of list) {
    watch.take(0, atMs, loadPercent, out);
    watch.take(1, atMs, oilC + extraK(atMs), out);
  }
  return out;
}

describe('the watch of a transformer on two years of a real one, hourly and without its air', () => {
  // The recording stays where it is: this runs where it is there.
  if (existsSync(RECORDING)) {
    it('accuses the cooling of nothing in two years, and sees oil that becomes 15 K hotter within a day', () => {
      const list = rows();
      const ofOil = (findings: readonly Finding[]): Finding[] =>
        findings.filter(({ test }) => test === 'oil-over-model');
      expect(ofOil(watched(list, () => 0))).toEqual([]);
      const fromMs = list[9000]!.atMs;
      const [found] = ofOil(watched(list.slice(0, 9200), (atMs) => (atMs >= fromMs ? 15 : 0)));
      expect(found?.change).toBe('begin');
      expect(found!.atMs - fromMs).toBeGreaterThan(0);
      expect(found!.atMs - fromMs).toBeLessThan(24 * 3_600_000);
    });
  }
});
