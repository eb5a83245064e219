import { HistoryUnavailableError, openInfluxHistory, type InfluxHistory, type SeriesKey } from '@lifeline/history';
import { startInfluxDb, type RunningInfluxDb } from '../servers/influxdb.js';
import type { WriteFault } from '../servers/influx-write-proxy.js';
import { startVictoriaMetrics, type RunningVictoriaMetrics } from '../servers/victoria-metrics.js';
import { blockOf, readingsOf, seriesKey, seriesOf, T0, type Sample } from './history-suite.js';

const batchOf = (samples: readonly Sample[]) => ({ blocks: [blockOf(samples)], partition: 0, sequence: 1 });

describe('the history in InfluxDB under faults', () => {
  let influx: RunningInfluxDb;
  let history: InfluxHistory;
  let databases = 0;
  beforeAll(async () => {
    influx = await startInfluxDb();
  });
  afterAll(async () => {
    await influx.stop();
  });
  const openFresh = async (retention?: string, series = seriesOf) => {
    const bucket = `faults${++databases}`;
    await influx.createDatabase(bucket, retention);
    return openInfluxHistory({ url: influx.url, org: 'lifeline', bucket, series });
  };
  beforeEach(async () => {
    history = await openFresh();
  });
  afterEach(async () => {
    await history.close();
  });

  it.each<WriteFault>([429, 503, 'reset', 'reset-after-write'])(
    'rejects a write that met %s, and has each reading once when it is written again',
    async (fault) => {
      // Two requests: once the second fails, when the first is in already, and once the first.
      const samples = Array.from({ length: 15_000 }, (_, i): Sample => [1 + (i % 3), T0 + i, i]);
      const batch = batchOf(samples);
      await history.write(batchOf([[1, T0 - 1, -1]]));
      const before = influx.proxy.writes();
      influx.proxy.fail('pass', fault, fault);
      await expect(history.write(batch)).rejects.toThrow(HistoryUnavailableError);
      await expect(history.write(batch)).rejects.toThrow(HistoryUnavailableError);
      await history.write(batch);
      // Two, one and two requests: nothing was sent again behind our back.
      expect(influx.proxy.writes() - before).toBe(5);
      for (const n of [1, 2, 3]) expect(await history.count(seriesKey(n), T0, T0 + 20_000)).toBe(5000);
      const tail = await history.range({ series: seriesKey(3), fromMs: T0 + 14_990, toMs: T0 + 20_000, points: 10 });
      expect(readingsOf(tail).map(([, value]) => value)).toEqual([14_990, 14_993, 14_996, 14_999]);
    },
  );

  it('loses nothing where one request in three fails, each group being written until it is taken', async () => {
    const faults: readonly WriteFault[] = [429, 503, 'reset', 'reset-after-write'];
    for (let group = 0; group < 12; group++) {
      if (group % 3 === 0) influx.proxy.fail(faults[(group / 3) % faults.length]!);
      const batch = batchOf(Array.from({ length: 50 }, (_, i): Sample => [1, T0 + group * 50 + i, i]));
      while (!(await history.write(batch).then(() => true, () => false))); // prettier-ignore
    }
    expect(await history.count(seriesKey(1), T0, T0 + 10_000)).toBe(600);
  });

  it('rejects where the bucket does not exist, naming it, and without the token', async () => {
    const lost = openInfluxHistory({
      url: influx.url,
      token: 'very-secret',
      org: 'o',
      bucket: 'none',
      series: seriesOf,
    });
    const fault: unknown = await lost.write(batchOf([[1, T0, 1]])).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(HistoryUnavailableError);
    expect(String(fault)).toMatch(/bucket none\).*status 404/);
    expect(String(fault)).not.toContain('very-secret');
    await expect(lost.range({ series: seriesKey(1), fromMs: 0, toMs: 1, points: 1 })).rejects.toThrow(/bucket none/);
    await lost.close();
  });

  it('goes on where a reading is older than the bucket keeps, and keeps the others of its batch', async () => {
    const short = await openFresh('24h');
    const nowMs = Date.now();
    await short.write(batchOf([[1, nowMs - 90 * 86_400_000, 1], [1, nowMs, 2]])); // prettier-ignore
    expect(await short.count(seriesKey(1), 0, nowMs + 1)).toBe(1);
    await short.close();
  });

  it('keeps names with quotes, spaces and backslashes apart, and lets none of them ask another question', async () => {
    const names = [`x' OR device != '`, `a b,c=d`, `back\\slash`, `"quoted"`];
    const keys = names.map((deviceId, i): SeriesKey => ({ sensorNo: i + 1, deviceId, channel: 'c', utility: 'gas' }));
    const odd = await openFresh(undefined, (sensorNo) => keys[sensorNo - 1]);
    await odd.write(batchOf(keys.map((key): Sample => [key.sensorNo, T0, key.sensorNo * 10])));
    for (const key of keys) {
      const answer = await odd.range({ series: key, fromMs: T0, toMs: T0 + 1, points: 10 });
      expect(readingsOf(answer)).toEqual([[T0, key.sensorNo * 10, 'good']]);
    }
    expect([...(await odd.last(keys))].map((l) => l.value).sort()).toEqual([10, 20, 30, 40]);
    await odd.close();
  });

  it('finds a reading whose sensor the registry did not know under its number', async () => {
    await history.write(batchOf([[900_123, T0, 5]]));
    const series = { sensorNo: 900_123, deviceId: '_unknown', channel: '900123', utility: 'unknown' };
    expect(readingsOf(await history.range({ series, fromMs: T0, toMs: T0 + 1, points: 1 }))).toEqual([[T0, 5, 'good']]);
  });

  it('rejects writes and questions once the server is gone', async () => {
    const gone = await startInfluxDb();
    await gone.createDatabase('b');
    const there = openInfluxHistory({ url: gone.url, org: 'o', bucket: 'b', series: seriesOf });
    await there.write(batchOf([[1, T0, 1]]));
    await gone.kill();
    await expect(there.write(batchOf([[1, T0, 1]]))).rejects.toThrow(HistoryUnavailableError);
    await expect(there.count(seriesKey(1), T0, T0 + 1)).rejects.toThrow(HistoryUnavailableError);
    await there.close();
    await gone.stop();
  });
});

describe('writing to VictoriaMetrics', () => {
  let victoria: RunningVictoriaMetrics;
  beforeAll(async () => {
    victoria = await startVictoriaMetrics();
  });
  afterAll(async () => {
    await victoria.stop();
  });

  it('stores every reading that the client wrote by /api/v2/write, old ones too', async () => {
    const history = openInfluxHistory({ url: victoria.url, org: 'o', bucket: 'b', series: seriesOf });
    const batch = batchOf(
      Array.from({ length: 12_000 }, (_, i): Sample => [1 + (i % 2), T0 + i * 1000, i / 8, i % 7 ? 'none' : 'stuck']),
    );
    await history.write(batch);
    await history.write(batch);
    await history.close();
    await victoria.flush();
    for (const n of [1, 2]) {
      expect(await exported(`reading_value{device="d${n}",channel="c${n}",utility="gas"}`)).toEqual(
        Array.from({ length: 6000 }, (_, i) => [T0 + (2 * i + n - 1) * 1000, (2 * i + n - 1) / 8]),
      );
    }
    const marks = await exported('reading_mark{device="d1"}');
    expect(marks.filter(([, mark]) => mark === 2).length).toBe(Math.ceil(6000 / 7));
  });

  /** [time, value] of the one series that matches, repeats once (VictoriaMetrics drops them when it merges and when it answers). */
  async function exported(match: string): Promise<(readonly [number, number])[]> {
    const query = new URLSearchParams({
      'match[]': match,
      start: String(T0 / 1000 - 1),
      end: String(T0 / 1000 + 100_000),
    });
    const answer = await fetch(`${victoria.url}/api/v1/export?${query.toString()}`);
    const text = (await answer.text()).trim();
    const { values, timestamps } = JSON.parse(text) as { values: number[]; timestamps: number[] };
    return [...new Map(timestamps.map((t, i) => [t, values[i]!] as const)).entries()].sort(([a], [b]) => a - b);
  }
});
