import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { readConfiguration } from '@lifeline/configuration';
import { openPorts } from '@lifeline/ports';
import { temporaryFolder } from '../servers/process.js';
import { commandLine } from './lifeline-process.js';

const run = promisify(execFile);
const START_MS = Date.parse('2026-06-01T00:00:00Z');
/** More than the history answers at once. */
const READINGS = 12_000;

let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = temporaryFolder('backtest');
  environment = { LIFELINE_DATA_DIR: folder };
  const ports = await openPorts(readConfiguration(environment), { say: () => undefined });
  const sensor = { unit: 'kPa', name: 'Pressure', lon: 118.3, lat: 32.3, intervalS: 1, limits: { high: 3 } };
  const device = await ports.records.registry.createDevice(
    { deviceId: 'dev-1', utility: 'gas', name: 'One', sensors: [{ channel: 'pressure', ...sensor }] },
    START_MS,
  );
  const rows = Array.from({ length: READINGS }, (_, i) => i);
  await ports.history.write({
    partition: 0,
    sequence: 1,
    blocks: [
      {
        arrivedAtMs: START_MS,
        inlet: 'test',
        sensorNo: Uint32Array.from(rows, () => device.sensors[0]!.sensorNo),
        measuredAtMs: Float64Array.from(rows, (i) => START_MS + i * 1000),
        value: Float64Array.from(rows, (i) => (i >= 11_000 && i < 11_100 ? 4 : 2 + (i % 7) / 100)),
        mark: new Uint8Array(READINGS),
      },
    ],
  });
  await ports.close();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function backtest(...args: readonly string[]) {
  const times = ['--from', '2026-06-01T00:00:00Z', '--to', '2026-06-02T00:00:00Z'];
  const { stdout } = await run(process.execPath, [commandLine, 'backtest', ...times, '--json', ...args], {
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout) as {
    readonly readings: number;
    readonly alarms: readonly { readonly sensorId: string; readonly limit: string; readonly raisedAtMs: number }[];
  };
}

describe('a backtest of the history', () => {
  it('reads every reading, and judges by the limits of the registry or by those that are to be tried', async () => {
    const ofRegistry = await backtest('--rules', 'limit');
    expect(ofRegistry.readings).toBe(READINGS);
    expect(ofRegistry.alarms).toMatchObject([
      { sensorId: 'dev-1/pressure', limit: 'high', raisedAtMs: START_MS + 11_000_000 },
    ]);
    expect((await backtest('--rules', 'limit', '--limits', 'high=5')).alarms).toEqual([]);
  }, 120_000);

  it('names a sensor that the registry does not have', async () => {
    await expect(backtest('--sensor', 'dev-9/none')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the registry has no sensor dev-9/none') as string,
    });
  }, 120_000);
});
