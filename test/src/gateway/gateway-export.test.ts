import { createHash, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { problemSchema, QUALITY_OF_REASON, QUALITY_REASONS, routes, type QualityReason } from '@lifeline/contracts';
import type { History, HistoryReading } from '@lifeline/history';
import type { OpenPorts } from '@lifeline/ports';
import { aDevice, aSensor } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { temporaryFolder } from '../servers/process.js';
import { RunningGateway } from './running-gateway.js';

/** History as files: every row of the source is in them, and the server holds no more of them than a page. */

const DAY_MS = 86_400_000;
const T0 = Date.UTC(2026, 2, 1);
const FORMATS = ['csv', 'parquet'] as const;

/** A sensor, time, value and quality as a file has them. */
type Row = readonly [sensorId: string, atMs: number, value: number | null, quality: string | null];

const searchOf = (query: Readonly<Record<string, string | number>>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));

describe('an export of the history', () => {
  let gateway: RunningGateway;
  let token: string;
  let folder: string;
  let connection: DuckDBConnection;
  const names: Readonly<Record<string, string>> = {
    p: 'Outlet, "north" 出口压力',
    q: 'Flow',
    r: 'One page',
    silent: 'Spare',
  };
  const source: Row[] = [];
  /** What was written, by sensor and time: as last written. */
  const kept = new Map<string, Row>();

  beforeAll(async () => {
    folder = temporaryFolder('export');
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    gateway = await RunningGateway.start({}, async (ports) => {
      const sensors = Object.entries(names).map(([channel, name]) => aSensor(channel, { name, unit: 'kPa' }));
      await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], T0);
      await ports.registry.reload();
      let sequence = 0;
      const write = async (channel: string, rows: readonly (readonly [number, number, QualityReason])[]) => {
        await writeRows(ports, ++sequence, channel, rows);
        const sensorId = `gas-1/${channel}`;
        for (const [atMs, value, reason] of rows) {
          const row: Row = [sensorId, atMs, Number.isFinite(value) ? value : null, QUALITY_OF_REASON[reason]];
          kept.set(`${sensorId} ${atMs}`, row);
        }
      };
      // Two full pages and a part of one; one page that is just full; some out of order, some again, some not good.
      await write('p', madeUp(45_001, 60_000));
      await write('r', madeUp(20_000, 1_000));
      await write('q', [[T0 + 9, 3, 'none'], [T0 + 1, 1e-7, 'stuck'], [T0 + 5, NaN, 'not-a-number']]); // prettier-ignore
      await write('q', [[T0 + 9, -33.25, 'out-of-range'], [T0 + 2, 1e21, 'none'], [T0 - 1, 7, 'none']]); // prettier-ignore
    });
    const order = Object.keys(names).map((channel) => `gas-1/${channel}`);
    source.push(...[...kept.values()].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) || a[1] - b[1]));
    token = await gateway.login('olga');
  });
  afterAll(async () => {
    connection?.closeSync();
    await gateway?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (query: Readonly<Record<string, string | number>>) => {
    const search = searchOf(query);
    return gateway.send('GET', `${routes.exportHistory.path}?${search}`, { token });
  };
  const all = Object.keys(names).map((channel) => `gas-1/${channel}`).join(','); // prettier-ignore
  const whole = { sensors: all, from: T0, to: T0 + 40 * DAY_MS };

  /** The answer in a file of its own, under the name that it was given. */
  async function saved(answer: Response): Promise<string> {
    expect([answer.status, answer.status === 200 ? '' : await answer.clone().text()]).toEqual([200, '']);
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
    const file = join(folder, name);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    return file;
  }
  const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const tableOf = (file: string) =>
    file.endsWith('.csv')
      ? `(SELECT * REPLACE (measured_at::TIMESTAMPTZ AS measured_at, value::DOUBLE AS value)
          FROM read_csv('${file}', header = true, all_varchar = true, nullstr = ''))`
      : `read_parquet('${file}')`;

  it.each(FORMATS)('has every row of the source, and no other, as %s', async (format) => {
    const file = await saved(await ask({ ...whole, format }));
    const rows = await read(
      `SELECT sensor_id, name, unit, epoch_ms(measured_at)::DOUBLE, value, quality FROM ${tableOf(file)}`,
    );
    const expected = source
      .filter(([, atMs]) => atMs >= T0)
      .map(([sensorId, atMs, value, quality]) => [sensorId, names[sensorId.split('/')[1]!], 'kPa', atMs, value, quality]); // prettier-ignore
    expect(rows.length).toBe(65_005);
    // Row by row as text: a comparison of the whole tables would hold the event loop for many seconds.
    const first = rows.findIndex((row, i) => JSON.stringify(row) !== JSON.stringify(expected[i]));
    expect([first, rows[first]]).toEqual([-1, undefined]);
  });

  it('has in Parquet the types that were promised', async () => {
    const file = await saved(await ask({ ...whole, format: 'parquet' }));
    expect(await read(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('${file}'))`)).toEqual(
      [
        ['sensor_id', 'VARCHAR'],
        ['name', 'VARCHAR'],
        ['unit', 'VARCHAR'],
        ['measured_at', 'TIMESTAMP WITH TIME ZONE'],
        ['value', 'DOUBLE'],
        ['quality', 'VARCHAR'],
      ],
    );
  });

  it('is CSV to the letter: a header, CRLF, quotes doubled, times of ISO 8601 and nothing for what is no number', async () => {
    const answer = await ask({ sensors: 'gas-1/q,gas-1/p', from: T0, to: T0 + 6 });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await answer.text()).toBe(
      [
        'sensor_id,name,unit,measured_at,value,quality',
        'gas-1/q,Flow,kPa,2026-03-01T00:00:00.001Z,1e-7,uncertain',
        'gas-1/q,Flow,kPa,2026-03-01T00:00:00.002Z,1e+21,good',
        'gas-1/q,Flow,kPa,2026-03-01T00:00:00.005Z,,bad',
        `gas-1/p,"Outlet, ""north"" 出口压力",kPa,2026-03-01T00:00:00.000Z,${madeUp(1, 1)[0]![1]},good`,
        '',
      ].join('\r\n'),
    );
  });

  it('says by its name what it is', async () => {
    const nameOf = async (query: Readonly<Record<string, string | number>>) => {
      const answer = await ask(query);
      await answer.arrayBuffer();
      return answer.headers.get('content-disposition');
    };
    expect(await nameOf({ sensors: 'gas-1/q', from: T0, to: T0 + DAY_MS, format: 'parquet' })).toBe(
      'attachment; filename="lifeline_gas-1-q_raw_20260301T0000Z_20260302T0000Z.parquet"',
    );
    expect(await nameOf({ ...whole, rows: 'shown' })).toBe(
      'attachment; filename="lifeline_4-sensors_shown_20260301T0000Z_20260410T0000Z.csv"',
    );
  });

  it.each(FORMATS)('has as %s what a chart shows: the same buckets with their extremes', async (format) => {
    const span = { from: T0, to: T0 + 30 * DAY_MS, points: 100 };
    const file = await saved(await ask({ sensors: 'gas-1/p,gas-1/q', ...span, rows: 'shown', format }));
    const chart = async (channel: string) => {
      const search = searchOf(span);
      const answer = await gateway.send('GET', `/sensors/gas-1/${channel}/readings?${search}`, { token });
      return routes.getReadings.answer.parse(await answer.json());
    };
    const [p, q] = [await chart('p'), await chart('q')];
    const expected = [
      ...('buckets' in p ? p.buckets : []).map(([at, min, max, mean, n]) => ['gas-1/p', at, mean, null, min, max, n]),
      ...('readings' in q ? q.readings : []).map(([at, value, quality]) => ['gas-1/q', at, value, quality, value, value, 1]), // prettier-ignore
    ];
    expect(expected.length).toBeGreaterThan(90);
    const rows = await read(
      `SELECT sensor_id, epoch_ms(measured_at)::DOUBLE, value, quality, min::DOUBLE, max::DOUBLE, readings::INTEGER
       FROM ${tableOf(file)}`,
    );
    // A sum of doubles ends in other digits where threads add it up in another order.
    const rounded = (table: readonly (readonly unknown[])[]) =>
      table.map((row) => row.map((value, i) => (i === 2 ? Number(value).toPrecision(10) : value)));
    expect(rounded(rows)).toEqual(rounded(expected));
  });

  it.each(FORMATS)('is a whole file without rows where there are none, as %s', async (format) => {
    const file = await saved(await ask({ sensors: 'gas-1/silent', from: T0, to: T0 + DAY_MS, format }));
    expect(await read(`SELECT count(*)::INTEGER FROM ${tableOf(file)}`)).toEqual([[0]]);
  });

  it('refuses what it does not give, and says how to mend it', async () => {
    const refused = async (query: Readonly<Record<string, string | number>>) => {
      const answer = await ask(query);
      const problem = problemSchema.parse(await answer.json());
      return [answer.status, problem.code, problem.detail];
    };
    const nine = Array.from({ length: 9 }, (_, i) => `gas-1/c${i}`).join(',');
    expect(await refused({ ...whole, sensors: nine })).toEqual([
      400,
      undefined,
      'The request is not as it must be: query.sensors: must name 8 sensors at most; ask for the others in another file',
    ]);
    expect(await refused({ ...whole, sensors: 'pump' })).toEqual([400, undefined, expect.stringContaining('device/channel')]); // prettier-ignore
    expect(await refused({ ...whole, to: T0 })).toEqual([400, 'span-empty', expect.stringContaining('from must be before to')]); // prettier-ignore
    expect(await refused({ ...whole, from: T0 - 4_000 * DAY_MS })).toEqual([400, 'span-too-long', expect.stringContaining('in another file')]); // prettier-ignore
    expect(await refused({ ...whole, sensors: 'gas-1/q,gas-9/p' })).toEqual([404, undefined, 'No sensor gas-9/p is registered.']); // prettier-ignore
    expect(await refused({ ...whole, format: 'xlsx' })).toEqual([400, undefined, expect.stringContaining('query.format')]); // prettier-ignore
  });
});

describe('an export that is larger than what the server may hold', () => {
  const TOTAL_ROWS = 3_000_000;
  let gateway: RunningGateway;
  let token: string;
  let pagesAsked = 0;
  let fails = false;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      await ports.records.registry.putDevices([aDevice('gas-1', { sensors: [aSensor('p')] })], T0);
      await ports.registry.reload();
      // A reading each second, made up as they are asked for: no store stands between the test and what is held.
      const endless: Pick<History, 'page' | 'count'> = {
        count: () => Promise.resolve(TOTAL_ROWS),
        page: ({ fromMs, toMs, most }) => {
          pagesAsked++;
          if (fails && pagesAsked > 2) return Promise.reject(new Error('the store broke'));
          const first = Math.ceil((fromMs - T0) / 1000);
          const count = Math.max(0, Math.min(most, Math.ceil((toMs - T0) / 1000) - first));
          return Promise.resolve(
            Array.from({ length: count }, (_, i): HistoryReading => [T0 + (first + i) * 1000, i, 'good']),
          );
        },
      };
      return { history: Object.assign(Object.create(ports.history) as History, endless) };
    });
    token = await gateway.login('olga');
  });
  afterAll(() => gateway?.stop());
  beforeEach(() => {
    pagesAsked = 0;
    fails = false;
  });

  const started = (over: Readonly<Record<string, string>>, signal?: AbortSignal) => {
    const span = { sensors: 'gas-1/p', from: String(T0), to: String(T0 + TOTAL_ROWS * 1000) };
    const search = new URLSearchParams({ ...span, ...over });
    return fetch(`${gateway.url}/api/v1${routes.exportHistory.path}?${search}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const progressOf = (exportId: string) => gateway.send('GET', `/history/exports/${exportId}`, { token });

  it('is read no faster than it is taken: what is held are some pages', async () => {
    const exportId = randomUUID();
    const answer = await started({ exportId });
    let [bytes, furthestAhead, lines] = [0, 0, 0];
    let seen = 0;
    for await (const chunk of answer.body!) {
      bytes += chunk.byteLength;
      for (const byte of chunk) if (byte === 10) lines++;
      // A slow taker: another call in between, and what it says is true.
      if (bytes - seen < 1_000_000) continue;
      seen = bytes;
      const progress = await progressOf(exportId);
      if (progress.status === 200) {
        const { rows, total } = (await progress.json()) as { rows: number; total: number };
        expect(total).toBe(TOTAL_ROWS);
        expect(rows).toBeLessThanOrEqual(TOTAL_ROWS);
        furthestAhead = Math.max(furthestAhead, rows - lines);
      }
    }
    expect(lines).toBe(TOTAL_ROWS + 1);
    // The last page is full: only the empty one after it says that nothing is left.
    expect(pagesAsked).toBe(TOTAL_ROWS / 20_000 + 1);
    expect(bytes).toBeGreaterThan(150_000_000);
    // Both ends are in this process, and the system's own buffers of a connection hold some megabytes: 15 pages of 150.
    expect(furthestAhead).toBeLessThan(300_000);
  });

  it('stops where its taker goes away', async () => {
    const exportId = randomUUID();
    const gone = new AbortController();
    const answer = await started({ exportId, format: 'parquet' }, gone.signal);
    await answer.body!.getReader().read();
    expect((await progressOf(exportId)).status).toBe(200);
    gone.abort();
    await eventually(
      async () => (await progressOf(exportId)).status,
      (status) => status === 404,
    );
    expect(pagesAsked).toBeLessThan(TOTAL_ROWS / 20_000);
  });

  it('is cut short, and not ended as if whole, where the store breaks amid it', async () => {
    fails = true;
    const answer = await started({});
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  it('is refused while four others run', async () => {
    const gone = new AbortController();
    const others = await Promise.all(Array.from({ length: 4 }, () => started({}, gone.signal)));
    expect(others.map((other) => other.status)).toEqual([200, 200, 200, 200]);
    const fifth = await started({});
    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([503, '5']);
    expect(problemSchema.parse(await fifth.json()).code).toBe('exports-busy');
    gone.abort();
    await eventually(
      async () => {
        const again = await started({ to: String(T0 + 1000) });
        await again.arrayBuffer();
        return again.status;
      },
      (status) => status === 200,
    );
  });
});

/** Readings from T0 on, the same each time: values with many digits, and some that are not good. */
function madeUp(count: number, everyMs: number): (readonly [number, number, QualityReason])[] {
  return Array.from({ length: count }, (_, i) => {
    const digest = createHash('md5').update(String(i)).digest();
    const reason: QualityReason = i % 97 === 5 ? 'spike' : i % 501 === 7 ? 'not-a-number' : 'none';
    return [T0 + i * everyMs, reason === 'not-a-number' ? NaN : digest.readInt32LE() / 1000 + Math.PI, reason];
  });
}

async function writeRows(
  ports: OpenPorts,
  sequence: number,
  channel: string,
  rows: readonly (readonly [number, number, QualityReason])[],
): Promise<void> {
  const sensorNo = ports.registry.channels('gas-1')!.get(channel)!.sensorNo;
  const block = {
    arrivedAtMs: T0,
    inlet: 'test',
    sensorNo: Uint32Array.from(rows, () => sensorNo),
    measuredAtMs: Float64Array.from(rows, ([atMs]) => atMs),
    value: Float64Array.from(rows, ([, value]) => value),
    mark: Uint8Array.from(rows, ([, , reason]) => QUALITY_REASONS.indexOf(reason)),
  };
  await ports.history.write({ partition: 0, sequence, blocks: [block] });
}
