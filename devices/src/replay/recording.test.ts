import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDeviceSchema } from '@lifeline/contracts';
import { describeRecording } from './recording.js';
import { registrationFor } from './registration.js';

const SAMPLE = fileURLToPath(new URL('../../samples/bridge/strain-support-lowered.csv', import.meta.url));

describe('a recording', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-recording-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(text: string): string {
    const path = join(folder, 'some.csv');
    writeFileSync(path, text);
    return path;
  }

  it('of the real bridge is known by itself, and its steps pass the limits that the reference gives', async () => {
    const recording = await describeRecording(SAMPLE);
    expect(recording).toMatchObject({ kind: 'bridge', delimiter: ',', dateOrder: 'ymd', intervalS: 0.1 });
    expect(recording.columns).toEqual([{ index: 1, header: 'strain (um/m)', channel: 'strain', unit: 'um/m' }]);
    expect(recording.endMs - recording.startMs).toBe(1_199_900);
    expect(Math.abs(recording.rowsAbout / 12_000 - 1)).toBeLessThan(0.05);
    const device = newDeviceSchema.parse(registrationFor(recording));
    const limits = device.sensors[0]!.limits!;
    expect(limits.high).toBeCloseTo(12.5, 1);
    expect(limits.highHigh).toBeLessThan(28);
  });

  it('with semicolons leaves the labels out', async () => {
    const recording = await describeRecording(
      file(
        'datetime;Pressure;Volume Flow RateRMS;anomaly;changepoint\n2020-03-09 10:54:34;0.38;32;0.0;0.0\n2020-03-09 10:54:35;0.05;31;0.0;0.0\n',
      ),
    );
    expect(recording).toMatchObject({ kind: 'pipe-rig', delimiter: ';', labels: ['anomaly', 'changepoint'] });
    expect(recording.columns.map(({ channel, unit }) => `${channel} ${unit}`)).toEqual(['pressure bar', 'flow L/min']);
  });

  it('takes the word of the caller for day-first dates', async () => {
    const text = 'Time (-),DMS_CN (um/m)\n2022-11-04 08:49:34.669,0.5\n2022-11-04 08:49:34.679,0.6\n';
    expect((await describeRecording(file(text), { dateOrder: 'ydm' })).startMs).toBe(
      Date.UTC(2022, 3, 11, 8, 49, 34, 669),
    );
    expect((await describeRecording(file(text))).startMs).toBe(Date.UTC(2022, 10, 4, 8, 49, 34, 669));
  });

  it.each([
    ['no column of times', 'a,b\n1,2\n', /no column of times among a, b/],
    ['times that cannot be read', 'time,b\nyesterday,2\n', /"yesterday" is no time/],
    ['no numbers', 'time,b\n2022-01-01 00:00:00,x\n', /no column of it holds numbers/],
    ['no rows', 'time,b\n', /no rows/],
  ])('with %s is refused with the reason', async (_, text, message) => {
    await expect(describeRecording(file(text))).rejects.toMatchObject({
      code: 'unknown-recording',
      message: expect.stringMatching(message),
    });
  });
});
