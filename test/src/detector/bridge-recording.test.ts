import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Condition } from '@lifeline/alarms';
import { createDetectionEngine } from '@lifeline/detection';

/** The statistical rule on recordings of a real test bridge (strain in µm/m), without limits or a channel type. */

const root = join(import.meta.dirname, '../../..');
/** 10 Hz: a support is lowered in steps, the first at 390 s, from 0.5 to 6, 8, 12, at last 29 µm/m. */
const LOWERED = join(root, 'devices/samples/bridge/strain-support-lowered.csv');
/** 100 Hz: ordinary operation with vehicles, one of which stands on the bridge for two minutes. */
const ORDINARY = join(root, '../shared/data/bridge/strain-reference-2022-03-07.csv');

function findings(path: string): { condition: Condition; afterS: number }[] {
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const engine = createDetectionEngine();
  engine.putSensor({
    sensorId: 'bridge-1/strain',
    sensorNo: 1,
    deviceId: 'bridge-1',
    channel: 'strain',
    utility: 'bridge',
    name: 'Strain',
    unit: 'um/m',
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 0.1,
    range: null,
    limits: {},
  });
  const conditions: Condition[] = [];
  let firstMs = NaN;
  for (const row of rows) {
    const [time, value] = row.split(',') as [string, string];
    const atMs = Date.parse(`${time.replace(' ', 'T')}Z`);
    if (Number.isNaN(firstMs)) firstMs = atMs;
    const block = {
      arrivedAtMs: atMs,
      inlet: 'test',
      sensorNo: Uint32Array.of(1),
      measuredAtMs: Float64Array.of(atMs),
      value: Float64Array.of(Number(value)),
      mark: Uint8Array.of(0),
    };
    engine.feed(block, conditions);
  }
  return conditions.map((condition) => ({ condition, afterS: (condition.atMs - firstMs) / 1000 }));
}

describe('on recordings of a real bridge, the detector', () => {
  it('finds the lowered support once it has stayed low for three minutes', () => {
    const [first, ...more] = findings(LOWERED);
    expect(first?.condition).toMatchObject({ change: 'begin', rule: 'statistical', limit: 'band' });
    expect(first?.afterS).toBeGreaterThan(390 + 180);
    expect(first?.afterS).toBeLessThan(600);
    expect(more).toEqual([]);
  });

  // The recording is too large to keep with the code: the case is there where the folder of shared data is.
  if (existsSync(ORDINARY)) {
    it('is quiet while vehicles pass and stand', () => {
      expect(findings(ORDINARY)).toEqual([]);
    });
  }
});
