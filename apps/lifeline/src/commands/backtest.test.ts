import { jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BacktestReport } from './backtest-report.js';
import { backtestCommand } from './backtest.js';

const START_MS = Date.UTC(2026, 5, 1);
const MINUTE_MS = 60_000;

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-backtest-'));
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** A value a minute that hums around 10; `at` changes it. */
function seriesCsv(minutes: number, at: (minute: number) => number | undefined): string {
  const rows = Array.from({ length: minutes }, (_, i) => {
    return `${new Date(START_MS + i * MINUTE_MS).toISOString()},${at(i) ?? 10 + Math.sin(i) / 10}`;
  });
  return `timestamp,value\n${rows.join('\n')}\n`;
}

const excursions = (minute: number): number | undefined =>
  (minute >= 300 && minute < 320) || (minute >= 700 && minute < 710) ? 15 : undefined;

async function events(...rows: readonly (readonly [number, number, string])[]): Promise<string> {
  const iso = (minute: number) => new Date(START_MS + minute * MINUTE_MS).toISOString();
  return file(
    'events.csv',
    `start,end,label\n${rows.map(([from, to, label]) => `${iso(from)},${iso(to)},${label}`).join('\n')}\n`,
  );
}

const run = (...args: readonly string[]) =>
  backtestCommand()
    .exitOverride()
    .parseAsync(['node', 'backtest', ...args]);

async function report(...args: readonly string[]): Promise<BacktestReport> {
  await run(...args, '--json');
  return JSON.parse(printed.at(-1)!) as BacktestReport;
}

describe('lifeline backtest', () => {
  it('tells which alarms a limit would have given, when, and which events it missed', async () => {
    const input = await file('pressure.csv', seriesCsv(1000, excursions));
    const known = await events([298, 330, 'burst'], [500, 510, 'unseen']);
    const {
      alarms,
      events: judged,
      summary,
    } = await report(...['--input', input, '--events', known, '--limits', 'high=12,onDelayS=120', '--rules', 'limit']);
    expect(alarms.map(({ sensorId, rule, limit, isTrue }) => [sensorId, rule, limit, isTrue])).toEqual([
      ['pressure', 'limit', 'high', true],
      ['pressure', 'limit', 'high', false],
    ]);
    expect(alarms[0]!.raisedAtMs).toBe(START_MS + 302 * MINUTE_MS);
    expect(alarms[0]!.clearedAtMs).toBe(START_MS + 320 * MINUTE_MS);
    expect(judged.map(({ label, found, delayS }) => [label, found, delayS])).toEqual([
      ['burst', true, 240],
      ['unseen', false, null],
    ]);
    expect(summary).toMatchObject({ alarms: 2, found: 1, missed: 1, falseAlarms: 1, recall: 0.5, delayMedianS: 240 });
  });

  it('prints tables for people', async () => {
    const input = await file('pressure.csv', seriesCsv(1000, excursions));
    const known = await events([298, 330, 'burst'], [500, 510, 'unseen']);
    await run('--input', input, '--events', known, '--limits', 'high=12', '--rules', 'limit');
    const text = printed.join('\n');
    expect(text).toMatch(/1000 readings of 1 sensor, 2026-06-01 00:00:00 to 2026-06-01 16:39:00/);
    expect(text).toMatch(/2026-06-01 05:00:00 +2026-06-01 05:20:00 +pressure +limit +high +yellow +yes/);
    expect(text).toMatch(/burst .* 2 min +limit on pressure/);
    expect(text).toMatch(/unseen .* missed/);
    expect(text).toMatch(/1 of 2 events found, half of these within 2 min; 2 alarms, 1 of them false/);
  });

  it('takes the limits of a channel type, and asks no rule that was not asked for', async () => {
    const input = await file(
      'outlet.csv',
      seriesCsv(600, (minute) => (minute >= 300 ? 3.3 : 2.5)),
    );
    const asked = await report('--input', input, '--type', 'P_LOW', '--rules', 'limit');
    expect(asked.alarms.map(({ rule, limit }) => [rule, limit])).toEqual([['limit', 'high']]);
    const silent = await report('--input', input, '--type', 'P_LOW', '--rules', 'stale');
    expect(silent.alarms).toEqual([]);
  });

  it('merges files by time, and tells silence by the interval that a file shows', async () => {
    const all = Array.from({ length: 120 }, (_, i) => `${START_MS + i * MINUTE_MS},dev/a,1`);
    const other = all.filter((_, i) => i < 30 || i > 90).map((row) => row.replace('dev/a,1', 'dev-2/b,2'));
    const a = await file('a.csv', `timestamp,sensorId,value\n${all.join('\n')}\n`);
    const b = await file('b.csv', `timestamp;sensorId;value\n${other.join('\n').replaceAll(',', ';')}\n`);
    const { alarms, readings, sensors } = await report('--input', b, a, '--rules', 'stale');
    expect([readings, sensors]).toEqual([120 + other.length, 2]);
    expect(alarms.map(({ sensorId, rule }) => [sensorId, rule])).toEqual([['dev-2/b', 'stale']]);
    expect(alarms[0]!.clearedAtMs).toBe(START_MS + 91 * MINUTE_MS);
  });

  it('fails under --strict where an event was missed, and only there', async () => {
    const input = await file('pressure.csv', seriesCsv(1000, excursions));
    const limits = ['--input', input, '--limits', 'high=12', '--rules', 'limit', '--strict', '--events'];
    await report(...limits, await events([298, 330, 'burst']));
    expect(process.exitCode).toBeUndefined();
    await report(...limits, await events([500, 510, 'unseen']));
    expect(process.exitCode).toBe(1);
  });

  it('refuses what it cannot use, and says how to mend it', async () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const input = await file(
      'in.csv',
      seriesCsv(10, () => undefined),
    );
    await expect(run()).rejects.toThrow(/--from before --to, or CSV files by --input/);
    await expect(run('--input', join(folder, 'nowhere.csv'))).rejects.toThrow(/cannot read .*nowhere\.csv/);
    await expect(run('--input', await file('odd.csv', 'when,what\n1,2\n'))).rejects.toThrow(
      /must name timestamp and value/,
    );
    await expect(run('--input', await file('none.csv', 'timestamp,value\nx,y\n'))).rejects.toThrow(/no row has a time/);
    await expect(run('--input', input, '--limits', 'hihi=3')).rejects.toThrow(/known are lowLow, low, high/);
    await expect(run('--input', input, '--rules', 'guess')).rejects.toThrow(/"guess" is none of limit, rate/);
    await expect(run('--input', input, '--type', 'NONE')).rejects.toThrow(/no channel type NONE/);
    const wrong = await file('wrong.csv', 'start,end,label\n2026-01-02,2026-01-01,x\n');
    await expect(run('--input', input, '--events', wrong)).rejects.toThrow(/row 2: start and end must be times/);
  });
});
