import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../machine/start-error.js';
import { detectCommand } from './detect.js';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lifeline-detect-'))));
afterEach(() => rm(folder, { recursive: true }));

async function detect(csv: string, ...more: string[]): Promise<string[]> {
  const [input, output] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
  await writeFile(input, csv);
  await detectCommand().parseAsync(['node', 'detect', '--input', input, '--output', output, ...more]);
  return (await readFile(output, 'utf8')).trimEnd().split('\n');
}

/** Rows each five minutes; the value is 10 or 11 but for a spike. */
function csvOf(rows: number, spikeAt?: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const at = new Date(Date.UTC(2026, 0, 5) + i * 300_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${at},${i === spikeAt ? 90 : 10 + (i % 2)}`;
  });
  return `timestamp,value\n${lines.join('\n')}\n`;
}

/** Flow, pressure and a label, a row a second; from row 800 on the flow is too low. */
function groupCsv(rows: number, separator: string): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const noise = (salt: number) => ((Math.imul(i + 1, 2654435761 + salt * 40503) >>> 8) % 1000) / 1000;
    const flow = i % 97 === 5 ? '' : (32 + noise(1) - (i >= 800 ? 3 : 0)).toFixed(3);
    return [i, flow, (0.3 + 0.1 * noise(2)).toFixed(3), i >= 800 ? 1 : 0].join(separator);
  });
  return [['datetime', 'flow', 'pressure', 'anomaly'].join(separator), ...lines].join('\n');
}

describe('lifeline detect', () => {
  it('gives each row back with a score from 0 to 1, and the spike a high one', async () => {
    const csv = csvOf(1000, 900);
    const rows = await detect(csv);
    expect(rows[0]).toBe('timestamp,value,anomaly_score');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(','))).toEqual(csv.trimEnd().split('\n'));
    const scores = rows.slice(1).map((row) => Number(row.split(',')[2]));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(scores[900]).toBeGreaterThan(0.5);
    expect(scores.slice(288, 900).every((score) => score < 0.5)).toBe(true);
  });

  it('scores a row from the rows up to it', async () => {
    const whole = await detect(csvOf(1000, 900));
    const part = await detect(csvOf(950, 900));
    expect(whole.slice(0, part.length)).toEqual(part);
  });

  it('says why, when asked', async () => {
    const rows = await detect(csvOf(1000, 900), '--explain');
    expect(rows[0]).toBe('timestamp,value,anomaly_score,reason');
    expect(rows[901]).toMatch(/,(off-week|off-day|beyond-range)$/);
    expect(rows[900]).toMatch(/,0,none$/);
  });

  it('finds its columns by name, and keeps rows that cannot be read at a score of 0', async () => {
    const rows = await detect(
      '\uFEFFsite,Value,Timestamp\n"a, b",1.5,2026-01-05T00:00:00Z\na,,2026-01-05T00:05:00Z\na,x,when\na\n',
    );
    expect(rows.slice(1)).toEqual(['2026-01-05T00:00:00Z,1.5,0', '2026-01-05T00:05:00Z,,0', 'when,x,0', ',,0']);
  });

  it('scores many sensors as one group, with , or ; between the columns', async () => {
    const rows = await detect(groupCsv(1000, ';'), '--group');
    expect(rows[0]).toBe('timestamp,anomaly_score');
    expect(rows).toHaveLength(1001);
    const scores = rows.slice(1).map((row) => Number(row.split(',')[1]));
    expect(scores.slice(0, 400).every((score) => score === 0)).toBe(true);
    expect(scores.slice(400, 800).every((score) => score < 0.5)).toBe(true);
    expect(scores.slice(820).every((score) => score >= 0.5 && score <= 1)).toBe(true);
    expect(await detect(groupCsv(1000, ','), '--group')).toEqual(rows);
    expect(await detect(groupCsv(900, ','), '--group')).toEqual(rows.slice(0, 901));
  });

  it('names the sensors that make a group odd, and never looks at labels', async () => {
    const rows = await detect(groupCsv(1000, ';'), '--group', '--explain', '--learn-rows', '300');
    expect(rows[0]).toBe('timestamp,anomaly_score,reason,carriers');
    expect(rows[100]).toMatch(/,0,learning,$/);
    expect(rows[700]).toMatch(/,off-(course|neighbours|together),$/);
    expect(rows[900]).toMatch(/,off-\w+,flow \d+% [\d.]+ expected 3[12]/);
    expect(rows.join()).not.toContain('anomaly ');
  });

  it('tells how to mend a group that cannot be scored', async () => {
    await expect(detect(groupCsv(3, ';'))).rejects.toThrow(/add --group/);
    await expect(detect('when,a,b\n1,2,3\n', '--group')).rejects.toThrow(/named timestamp/);
    await expect(detect('timestamp,anomaly\n1,0\n', '--group')).rejects.toThrow(/0 columns beside its time/);
    await expect(detect('', '--group')).rejects.toThrow(/is empty/);
  });

  it('refuses what it cannot use, and says how to mend it', async () => {
    await expect(detect('')).rejects.toThrow(/is empty/);
    await expect(detect('time,reading\n1,2\n')).rejects.toThrow(/must name timestamp and value/);
    const same = join(folder, 'in.csv');
    const missing = join(folder, 'nowhere.csv');
    await writeFile(same, csvOf(3));
    const run = (input: string) => detectCommand().parseAsync(['node', 'detect', '--input', input, '--output', same]);
    await expect(run(same)).rejects.toThrow(StartError);
    await expect(run(missing)).rejects.toThrow(/nowhere\.csv/);
    expect(await readFile(same, 'utf8')).toBe(csvOf(3));
  });
});
