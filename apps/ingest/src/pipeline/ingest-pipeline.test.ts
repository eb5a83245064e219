import { rmSync } from 'node:fs';
import { LogFullError, type LogRecord, type ReadingLog } from '@lifeline/reading-log';
import { isDuplicate, reasonOfMark } from '@lifeline/readings';
import { Registry as Metrics } from 'prom-client';
import { IngestBusyError, IngestPipeline } from './ingest-pipeline.js';
import { blocksOf, openTestLog, rejectsOf, T0, testClock, testRegistry } from './pipeline-in-tests.js';

const TOPIC = 'lifeline/v1/gas/gas-1/telemetry';

/** The log, with its appends counted, held back or refused as a test wants. */
class ObservedLog {
  appends: (readonly LogRecord[])[] = [];
  refuse: Error | undefined;
  hold: Promise<void> | undefined;

  constructor(private readonly log: ReadingLog) {}

  get asLog(): ReadingLog {
    return {
      ...unbound(this.log),
      append: async (records) => {
        this.appends.push(records);
        await this.hold;
        if (this.refuse) throw this.refuse;
        await this.log.append(records);
      },
    };
  }
}

function unbound(log: ReadingLog): ReadingLog {
  return {
    partitions: log.partitions,
    append: (records) => log.append(records),
    consume: (options, handler) => log.consume(options, handler),
    cursor: (stream, consumer) => log.cursor(stream, consumer),
    head: (stream) => log.head(stream),
    read: (stream, from, maxRecords) => log.read(stream, from, maxRecords),
    stats: () => log.stats(),
    close: () => log.close(),
  };
}

describe('the ingest pipeline', () => {
  let log: ReadingLog;
  let folder: string;
  let observed: ObservedLog;
  let metrics: Metrics;
  let pipeline: IngestPipeline;

  const open = () => {
    metrics = new Metrics();
    return new IngestPipeline({ log: observed.asLog, registry: testRegistry(), clock: testClock(), metrics });
  };
  beforeEach(() => {
    ({ log, folder } = openTestLog());
    observed = new ObservedLog(log);
    pipeline = open();
  });
  afterEach(async () => {
    await pipeline.stop();
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (body: unknown, topic = TOPIC, arrivedAtMs = T0): Promise<void> =>
    new Promise((resolve, reject) =>
      pipeline.accept(
        {
          topic,
          payload: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
          arrivedAtMs,
        },
        (error) => (error ? reject(error) : resolve()),
      ),
    );

  it('answers a message once its readings are in the log', async () => {
    await send({ ts: T0 - 1000, values: { pressure: 312.4, ch4: 0.2 } });

    const [block] = await blocksOf(log);
    expect([...block!.sensorNo]).toEqual([1, 2]);
    expect([...block!.value]).toEqual([312.4, 0.2]);
    expect([...block!.measuredAtMs]).toEqual([T0 - 1000, T0 - 1000]);
    expect(block).toMatchObject({ arrivedAtMs: T0, inlet: 'mqtt' });
  });

  it('does not answer before the append has resolved', async () => {
    let release: () => void = () => undefined;
    observed.hold = new Promise((resolve) => (release = resolve));
    let answered = false;
    const sent = send({ values: { pressure: 1 } }).then(() => (answered = true));
    while (observed.appends.length === 0) await new Promise((resolve) => setImmediate(resolve));

    expect(answered).toBe(false);
    expect(pipeline.outstanding).toBe(1);
    release();
    await sent;
    expect(pipeline.outstanding).toBe(0);
  });

  it('groups what comes in one turn, and what comes while an append is under way, into one append each', async () => {
    let release: () => void = () => undefined;
    observed.hold = new Promise((resolve) => (release = resolve));
    const first = Array.from({ length: 10 }, (_, i) => send({ ts: T0 + i, values: { pressure: i } }));
    while (observed.appends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = Array.from({ length: 20 }, (_, i) => send({ ts: T0 + 100 + i, values: { pressure: i } }));
    await new Promise((resolve) => setImmediate(resolve));

    release();
    await Promise.all([...first, ...second]);

    expect(observed.appends).toHaveLength(2);
    expect((await blocksOf(log)).map((block) => block.value.length)).toEqual([10, 20]);
  });

  it('splits what is more than a block into several of one append', async () => {
    const batch = Array.from({ length: 5_000 }, (_, i) => ({ ts: T0 + i, values: { pressure: 1 + (i % 5) } }));

    await send(batch);

    expect(observed.appends).toHaveLength(1);
    expect((await blocksOf(log)).map((block) => block.value.length)).toEqual([4_096, 904]);
  });

  it('marks quality and repeats, and keeps both', async () => {
    await send({ ts: T0, values: { pressure: 5_000 } });
    await send({ ts: T0 + 1, values: { pressure: 300 } });
    await send({ ts: T0 + 1, values: { pressure: 300 } });
    await send([{ n: 'pressure', u: 'bar', t: (T0 + 2000) / 1000, v: 3 }]);

    const marks = (await blocksOf(log)).flatMap((block) => [...block.mark]);
    expect(marks.map(reasonOfMark)).toEqual(['out-of-range', 'none', 'none', 'unit-mismatch']);
    expect(marks.map(isDuplicate)).toEqual([false, false, true, false]);
  });

  it.each([
    ['wrong-topic', {}, 'lifeline/v2/gas/gas-1/telemetry', null],
    ['unknown-device', {}, 'lifeline/v1/gas/nobody/telemetry', 'nobody'],
    ['utility-mismatch', {}, 'lifeline/v1/power/gas-1/telemetry', 'gas-1'],
    ['malformed-json', '{"values": {', TOPIC, 'gas-1'],
    ['wrong-shape', { hello: 1 }, TOPIC, 'gas-1'],
    ['unknown-channel', { values: { nobody: 1 } }, TOPIC, 'gas-1'],
    ['timestamp-out-of-range', { ts: 1000, values: { pressure: 1 } }, TOPIC, 'gas-1'],
    ['timestamp-out-of-range', { ts: Date.UTC(2100, 0, 1), values: { pressure: 1 } }, TOPIC, 'gas-1'],
  ])('keeps a message as a reject: %s', async (reason, body, topic, deviceId) => {
    await send(body, topic);

    const rejects = await rejectsOf(log);
    expect(rejects).toEqual([
      {
        arrivedAtMs: T0,
        inlet: 'mqtt',
        deviceId,
        topic,
        reason,
        detail: expect.stringMatching(/\w+ \w+/),
        count: 1,
        bodyExcerpt: typeof body === 'string' ? body : JSON.stringify(body),
      },
    ]);
    expect(await blocksOf(log)).toEqual([]);
  });

  it('keeps the good part of a message beside the reject of the bad part', async () => {
    await send({ ts: T0, values: { pressure: 300, nobody: 1 } });

    expect((await blocksOf(log)).map((block) => [...block.value])).toEqual([[300]]);
    expect((await rejectsOf(log)).map((reject) => reject.reason)).toEqual(['unknown-channel']);
  });

  it('keeps a reading of a clock that is an hour ahead, marked', async () => {
    await send({ ts: T0 + 3_600_000, values: { pressure: 300 } });

    expect((await blocksOf(log)).flatMap((block) => [...block.mark]).map(reasonOfMark)).toEqual(['clock-future']);
  });

  it('keeps a flood of rejects as few records with the exact count', async () => {
    const sent = Array.from({ length: 3_000 }, (_, i) =>
      send('broken', `lifeline/v1/gas/stranger-${i % 500}/telemetry`),
    );
    await Promise.all(sent);

    const rejects = await rejectsOf(log);
    expect(rejects.length).toBeLessThan(100);
    expect(rejects.reduce((sum, reject) => sum + reject.count, 0)).toBe(3_000);
  });

  it('keeps no more than 512 bytes of a rejected body', async () => {
    await send('x'.repeat(5_000));

    expect((await rejectsOf(log))[0]!.bodyExcerpt).toHaveLength(512);
  });

  it('keeps what an inlet refused', async () => {
    pipeline.refuse('embedded-mqtt', {
      atMs: T0,
      deviceId: 'gas-9',
      topic: '',
      reason: 'bad-credential',
      detail: 'issue a new credential',
      count: 3,
    });
    await pipeline.stop();

    expect(await rejectsOf(log)).toMatchObject([{ reason: 'bad-credential', deviceId: 'gas-9', count: 3 }]);
  });

  it('answers an error where the log is full, and takes the same message as new once there is room', async () => {
    observed.refuse = new LogFullError('full');
    await expect(send({ ts: T0, values: { pressure: 300 } })).rejects.toBe(observed.refuse);
    expect(pipeline.appendFailure).toBe(observed.refuse);

    observed.refuse = undefined;
    await send({ ts: T0, values: { pressure: 300 } });

    expect(pipeline.appendFailure).toBeUndefined();
    expect((await blocksOf(log)).flatMap((block) => [...block.mark]).map(isDuplicate)).toEqual([false]);
  });

  it('never acknowledges a repeat whose first was not kept', async () => {
    let release: () => void = () => undefined;
    observed.hold = new Promise((resolve) => (release = resolve));
    observed.refuse = new LogFullError('full');
    const first = send({ ts: T0, values: { pressure: 300 } });
    while (observed.appends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const repeat = send({ ts: T0, values: { pressure: 300 } });

    release();

    await expect(first).rejects.toBeInstanceOf(LogFullError);
    await expect(repeat).rejects.toBeInstanceOf(LogFullError);
    observed.refuse = undefined;
    await send({ ts: T0, values: { pressure: 300 } });
    expect((await blocksOf(log)).flatMap((block) => [...block.mark]).map(isDuplicate)).toEqual([false]);
  });

  it('knows a repeat of what was in the log before the start', async () => {
    await send({ ts: T0, values: { pressure: 300 } });
    await pipeline.stop();
    pipeline = open();
    await pipeline.rememberLog();

    await send({ ts: T0, values: { pressure: 300 } });

    expect((await blocksOf(log)).flatMap((block) => [...block.mark]).map(isDuplicate)).toEqual([false, true]);
  });

  it('answers everything it took before it has stopped, and takes nothing after', async () => {
    const sent = send({ ts: T0, values: { pressure: 300 } });

    await pipeline.stop();
    await sent;

    await expect(send({ ts: T0 + 1, values: { pressure: 300 } })).rejects.toBeInstanceOf(IngestBusyError);
    expect(await blocksOf(log)).toHaveLength(1);
  });

  it('counts what it kept', async () => {
    await send({ ts: T0, values: { pressure: 300 } });
    await send({ ts: T0, values: { pressure: 300 } });
    await send('broken');

    const text = await metrics.metrics();
    expect(text).toContain('lifeline_readings_received_total{inlet="mqtt"} 3');
    expect(text).toContain('lifeline_readings_duplicate_total{inlet="mqtt"} 1');
    expect(text).toContain('lifeline_readings_rejected_total{reason="malformed-json"} 1');
    expect(text).toContain('lifeline_readings_quality_total{reason="none"} 2');
    expect(text).toContain('lifeline_ingest_outstanding 0');
  });
});
