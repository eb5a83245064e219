import { rmSync } from 'node:fs';
import { HistoryUnavailableError, type HistoryBatch } from '@lifeline/history';
import type { ReadingLog } from '@lifeline/reading-log';
import { encodeBlock } from '@lifeline/readings';
import { Registry } from 'prom-client';
import { HistoryWriter } from './history-writer.js';
import { openTestLog, T0, testClock, until } from './pipeline/pipeline-in-tests.js';

/** A store that can be down, and keeps its cursor where it is told to. */
class Store {
  readonly batches: HistoryBatch[] = [];
  downFor = 0;
  own: number[] | undefined;

  async cursor() {
    return this.own;
  }

  async write(batch: HistoryBatch): Promise<void> {
    if (this.downFor > 0) {
      this.downFor--;
      throw new HistoryUnavailableError('the store is down');
    }
    this.batches.push(batch);
  }

  get values(): number[] {
    return this.batches.flatMap((batch) => batch.blocks.flatMap((block) => [...block.value]));
  }
}

describe('the history writer', () => {
  let log: ReadingLog;
  let folder: string;
  let store: Store;
  let said: string[];
  let writer: HistoryWriter;
  const open = () =>
    new HistoryWriter({
      log,
      history: store,
      clock: testClock(),
      metrics: new Registry(),
      say: (line) => void said.push(line),
    });

  beforeEach(() => {
    ({ log, folder } = openTestLog());
    store = new Store();
    said = [];
    writer = open();
  });
  afterEach(async () => {
    await writer.stop();
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const append = (first: number, count: number) =>
    log.append([
      {
        stream: 'readings',
        key: 'k',
        payload: encodeBlock({
          arrivedAtMs: T0,
          inlet: 'mqtt',
          sensorNo: new Uint32Array(count).fill(1),
          measuredAtMs: Float64Array.from({ length: count }, (_, i) => T0 + first + i),
          value: Float64Array.from({ length: count }, (_, i) => first + i),
          mark: new Uint8Array(count),
        }),
      },
    ]);

  it('writes the readings of the log in order, several records at once', async () => {
    for (let i = 0; i < 30; i++) await append(i * 1_000, 1_000);
    await writer.start();

    await writer.reached(0, 30);

    expect(store.values).toEqual(Array.from({ length: 30_000 }, (_, i) => i));
    expect(store.batches.map((batch) => batch.sequence)).toEqual([20, 30]);
    expect(await writer.behind()).toBe(0);
  });

  it('tries again for ever while the store is down, says so once, and loses nothing', async () => {
    store.downFor = 3;
    await append(0, 10);
    await writer.start();
    await until(() => writer.failure !== undefined);
    expect(writer.failure?.message).toBe('the store is down');
    expect(await writer.behind()).toBe(1);

    await writer.reached(0, 1);
    await until(() => writer.failure === undefined);

    expect(store.values).toHaveLength(10);
    expect(said).toHaveLength(2);
  });

  it('goes on after a restart from the cursor that the log keeps', async () => {
    await append(0, 5);
    await writer.start();
    await writer.reached(0, 1);
    await writer.stop();
    await append(5, 5);
    writer = open();

    await writer.start();
    await writer.reached(0, 2);

    expect(store.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('goes on from the cursor that the history keeps, where it keeps one', async () => {
    await append(0, 5);
    await append(5, 5);
    store.own = [1];

    await writer.start();
    await writer.reached(0, 2);

    expect(store.values).toEqual([5, 6, 7, 8, 9]);
  });

  it('tells those who wait for it when it stops', async () => {
    await writer.start();
    const waiting = expect(writer.reached(0, 1)).rejects.toThrow('stops');

    await writer.stop();

    await waiting;
  });
});
