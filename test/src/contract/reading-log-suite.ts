import {
  LogClosedError,
  LogFullError,
  type LogBatch,
  type LogRecord,
  type ReadingLog,
  type StreamName,
  type Subscription,
} from '@lifeline/reading-log';

/** One place where a log lives: opened again, it holds what was acknowledged. */
export interface LogPlace {
  open(options?: { maxBytes?: number; maxAgeMs?: number; nowMs?: () => number }): Promise<ReadingLog>;
  clean(): Promise<void>;
}

/** What every adapter of the reading log must do, against the real thing. */
export function describeReadingLog(name: string, createPlace: () => Promise<LogPlace>): void {
  describe(`reading log: ${name}`, () => {
    let place: LogPlace;
    let log: ReadingLog;

    beforeEach(async () => {
      place = await createPlace();
      log = await place.open();
    });
    afterEach(async () => {
      await log.close();
      await place.clean();
    });

    const reopen = async (options?: Parameters<LogPlace['open']>[0]) => {
      await log.close();
      log = await place.open(options);
    };

    it('gives back the payloads of a stream in the order of their append, numbered without gaps', async () => {
      await Promise.all([append(log, 'readings', 'a', 'b'), append(log, 'rejects', 'x'), append(log, 'readings', 'c')]);
      await append(log, 'readings', 'd');

      const records = await log.read('readings', [0], 10);

      expect(records.map((record) => text(record.payload))).toEqual(['a', 'b', 'c', 'd']);
      expect(records.map((record) => record.sequence)).toEqual([1, 2, 3, 4]);
      expect(await log.head('readings')).toEqual([4]);
      expect(await log.head('rejects')).toEqual([1]);
    });

    it('gives back binary payloads as they were, small and large', async () => {
      const payloads = [0, 1, 8, 2_047, 4_096, 90_000].map((length) =>
        Uint8Array.from({ length }, (_, i) => (i * 31) & 255),
      );

      await log.append(payloads.map((payload) => ({ stream: 'readings', key: 'k', payload })));

      const records = await log.read('readings', [0], 10);
      expect(records.map((record) => Buffer.from(record.payload).toString('base64'))).toEqual(
        payloads.map((payload) => Buffer.from(payload).toString('base64')),
      );
    });

    it('reads after a position and no more than asked', async () => {
      await append(log, 'readings', 'a', 'b', 'c', 'd');

      expect((await log.read('readings', [1], 2)).map((record) => text(record.payload))).toEqual(['b', 'c']);
      expect(await log.read('readings', [4], 2)).toEqual([]);
    });

    it('keeps what it acknowledged over a restart, and numbers on from there', async () => {
      await append(log, 'alarms', 'a', 'b');

      await reopen();
      await append(log, 'alarms', 'c');

      expect((await log.read('alarms', [0], 9)).map((record) => [record.sequence, text(record.payload)])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
    });

    it('hands over what was and what comes, in order, one batch at a time', async () => {
      await append(log, 'readings', 'a', 'b');
      const seen = new Seen();
      let running = 0;
      let mostAtOnce = 0;
      const subscription = log.consume({ stream: 'readings', consumer: 'one', maxRecords: 1 }, async (batch) => {
        mostAtOnce = Math.max(mostAtOnce, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        seen.take(batch);
        running--;
      });

      await append(log, 'readings', 'c');
      await seen.until(3);

      expect(seen.texts).toEqual(['a', 'b', 'c']);
      expect(mostAtOnce).toBe(1);
      await subscription.stop();
    });

    it('gives each consumer a cursor of its own', async () => {
      await append(log, 'readings', 'a', 'b');
      const [one, two] = [new Seen(), new Seen()];
      const first = log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => one.take(batch));
      await one.until(2);
      const second = log.consume({ stream: 'readings', consumer: 'two' }, async (batch) => two.take(batch));
      await two.until(2);

      expect([one.texts, two.texts]).toEqual([
        ['a', 'b'],
        ['a', 'b'],
      ]);
      await Promise.all([first.stop(), second.stop()]);
      expect(await log.cursor('readings', 'one')).toEqual([2]);
      expect(await log.cursor('readings', 'nobody')).toEqual([0]);
    });

    it('goes on from the cursor it keeps after a restart', async () => {
      await append(log, 'readings', 'a', 'b');
      const before = new Seen();
      log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => before.take(batch));
      await before.until(2);

      await reopen();
      await append(log, 'readings', 'c');
      const after = new Seen();
      log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => after.take(batch));
      await after.until(1);

      expect(after.texts).toEqual(['c']);
    });

    it('begins where a consumer that keeps its own cursor says', async () => {
      await append(log, 'readings', 'a', 'b', 'c');
      const seen = new Seen();

      log.consume({ stream: 'readings', consumer: 'own', from: [1] }, async (batch) => seen.take(batch));
      await seen.until(2);

      expect(seen.texts).toEqual(['b', 'c']);
    });

    it('hands over only what comes from now on where a consumer begins at the head', async () => {
      await append(log, 'readings', 'a');
      const seen = new Seen();

      log.consume({ stream: 'readings', consumer: 'live', from: 'head' }, async (batch) => seen.take(batch));
      await append(log, 'readings', 'b');
      await seen.until(1);

      expect(seen.texts).toEqual(['b']);
    });

    it('hands a batch over again until its handler resolves, and nothing later before it', async () => {
      await append(log, 'readings', 'a', 'b');
      const seen = new Seen();
      let tries = 0;

      log.consume({ stream: 'readings', consumer: 'one', maxRecords: 1 }, async (batch) => {
        if (++tries <= 2) throw new Error('the store is down');
        seen.take(batch);
      });
      await seen.until(2);

      expect(seen.texts).toEqual(['a', 'b']);
      expect(tries).toBe(4);
    });

    it('does not move the cursor past a batch that was not handled', async () => {
      await append(log, 'readings', 'a');
      let tried: () => void = () => undefined;
      const oneTry = new Promise<void>((resolve) => (tried = resolve));
      const subscription = log.consume({ stream: 'readings', consumer: 'one' }, async () => {
        tried();
        throw new Error('no');
      });
      await oneTry;
      await subscription.stop();

      await reopen();

      expect(await log.cursor('readings', 'one')).toEqual([0]);
    });

    it('hands nothing over after stop, which waits for the handler under way', async () => {
      await append(log, 'readings', 'a');
      let release: () => void = () => undefined;
      let begun: () => void = () => undefined;
      const hasBegun = new Promise<void>((resolve) => (begun = resolve));
      let ended = false;
      let calls = 0;
      const subscription = log.consume({ stream: 'readings', consumer: 'one' }, async () => {
        calls++;
        begun();
        await new Promise<void>((resolve) => (release = resolve));
        ended = true;
      });
      await hasBegun;

      const stopped = subscription.stop();
      release();
      await stopped;
      await append(log, 'readings', 'b');

      expect(ended).toBe(true);
      expect(calls).toBe(1);
    });

    it('tells how many records a consumer has not handled', async () => {
      await append(log, 'readings', 'a', 'b', 'c');
      const seen = new Seen();
      const subscription: Subscription = log.consume(
        { stream: 'readings', consumer: 'one', maxRecords: 1 },
        async (batch) => {
          if (seen.texts.length === 1) throw new Error('later');
          seen.take(batch);
        },
      );
      await seen.until(1);
      await subscription.stop();

      const stats = await log.stats();

      expect(stats.lag['readings/one']).toBe(2);
      expect(stats.records.readings).toBe(3);
      expect(stats.bytes).toBeGreaterThan(0);
    });

    it('refuses when it is full, keeps nothing of what it refused, and takes on once records are handled', async () => {
      await reopen({ maxBytes: 1024 * 1024 });
      const payload = new Uint8Array(100_000).fill(7);
      const fill = async () => {
        for (let accepted = 0; ; accepted++) {
          try {
            await log.append([{ stream: 'readings', key: 'k', payload }]);
          } catch (error) {
            return { accepted, error };
          }
        }
      };

      const { accepted, error } = await fill();

      expect(error).toBeInstanceOf(LogFullError);
      expect(accepted).toBeGreaterThan(3);
      expect(await log.head('readings')).toEqual([accepted]);
      const seen = new Seen();
      log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => seen.take(batch));
      await seen.until(accepted);
      await appendOnceThereIsRoom(log, payload);
      await seen.until(accepted + 1);
      expect(seen.sequences).toEqual(Array.from({ length: accepted + 1 }, (_, i) => i + 1));
    });

    it('never drops what a registered consumer has not handled', async () => {
      await reopen({ maxBytes: 1024 * 1024 });
      const [fast, slow] = [new Seen(), new Seen()];
      let slowMay = false;
      log.consume({ stream: 'readings', consumer: 'fast' }, async (batch) => fast.take(batch));
      log.consume({ stream: 'readings', consumer: 'slow', maxRecords: 1 }, async (batch) => {
        if (!slowMay) throw new Error('the store is down');
        slow.take(batch);
      });
      const payload = new Uint8Array(100_000);
      let accepted = 0;
      await expect(
        (async () => {
          for (; ; accepted++) await log.append([{ stream: 'readings', key: 'k', payload }]);
        })(),
      ).rejects.toBeInstanceOf(LogFullError);

      slowMay = true;
      await slow.until(accepted);

      expect(slow.sequences).toEqual(Array.from({ length: accepted }, (_, i) => i + 1));
    });

    it('removes handled records by age and keeps the others', async () => {
      let nowMs = 1_000_000;
      await reopen({ maxAgeMs: 60_000, nowMs: () => nowMs });
      const seen = new Seen();
      log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => seen.take(batch));
      await append(log, 'readings', 'old', 'older');
      await append(log, 'actions', 'unread by nobody');
      await seen.until(2);
      nowMs += 30_000;
      await append(log, 'readings', 'young');
      await seen.until(3);

      nowMs += 31_000;
      await until(async () => (await log.stats()).records.readings === 1);

      expect((await log.read('readings', [0], 9)).map((record) => text(record.payload))).toEqual(['young']);
      expect(await log.head('readings')).toEqual([3]);
    });

    it('refuses everything once it is closed', async () => {
      await log.close();

      await expect(append(log, 'readings', 'a')).rejects.toBeInstanceOf(LogClosedError);
      await expect(log.head('readings')).rejects.toBeInstanceOf(LogClosedError);
      expect(() => log.consume({ stream: 'readings', consumer: 'one' }, async () => undefined)).toThrow(LogClosedError);
    });
  });
}

/** Collects what a consumer was handed, and lets a test wait for it. */
export class Seen {
  readonly texts: string[] = [];
  readonly sequences: number[] = [];
  private waiting: { count: number; resolve: () => void }[] = [];

  take(batch: LogBatch): void {
    for (const record of batch.records) {
      this.texts.push(text(record.payload));
      this.sequences.push(record.sequence);
    }
    this.waiting = this.waiting.filter(({ count, resolve }) => {
      if (this.texts.length < count) return true;
      resolve();
      return false;
    });
  }

  until(count: number): Promise<void> {
    if (this.texts.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }
}

export function append(log: ReadingLog, stream: StreamName, ...texts: string[]): Promise<void> {
  return log.append(
    texts.map((payload): LogRecord => ({ stream, key: 'key', payload: new TextEncoder().encode(payload) })),
  );
}

export function text(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}

/** Asks again and again, with the event loop's turns between, until it is so; the suite's time limit ends it else. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function appendOnceThereIsRoom(log: ReadingLog, payload: Uint8Array): Promise<void> {
  await until(() =>
    log.append([{ stream: 'readings', key: 'k', payload }]).then(
      () => true,
      () => false,
    ),
  );
}
