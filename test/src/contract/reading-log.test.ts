import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { LogFullError, openLmdbLog, type ReadingLog } from '@lifeline/reading-log';
import { temporaryFolder } from '../servers/process.js';
import { SmallDisk } from '../servers/small-disk.js';
import { append, describeReadingLog, Seen, text, until, type LogPlace } from './reading-log-suite.js';

const open = (folder: string, options: Parameters<LogPlace['open']>[0] = {}): ReadingLog =>
  openLmdbLog({
    folder,
    maxBytes: options.maxBytes ?? 256 * 1024 * 1024,
    maxAgeMs: options.maxAgeMs ?? 7 * 86_400_000,
    ...(options.nowMs ? { clock: { nowMs: options.nowMs } } : {}),
  });

describeReadingLog('LMDB', async () => {
  const folder = temporaryFolder('log');
  return {
    open: async (options) => open(folder, options),
    clean: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

/** A process of its own that runs these lines with the log open as `log`. */
function inAnotherProcess(folder: string, lines: string) {
  const script = `
    import { openLmdbLog } from '@lifeline/reading-log';
    const log = openLmdbLog({ folder: ${JSON.stringify(folder)}, maxBytes: 2 ** 28, maxAgeMs: 1e9 });
    const bytes = (value) => new TextEncoder().encode(value);
    ${lines}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: process.cwd(),
  });
}

describe('reading log in a folder', () => {
  let folder: string;
  beforeEach(() => (folder = temporaryFolder('log')));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds everything it acknowledged to a process that is killed while it appends', async () => {
    for (let round = 0; round < 3; round++) {
      const child = inAnotherProcess(
        folder,
        `let next = (await log.head('readings'))[0];
         const one = async () => { for (;;) { const mine = String(++next); await log.append([{ stream: 'readings', key: 'k', payload: bytes(mine) }]); console.log(mine); } };
         for (let i = 0; i < 32; i++) void one();`,
      );
      const acknowledged: string[] = [];
      const exited = new Promise((resolve) => child.once('exit', resolve));
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (acknowledged.length === 500) child.kill('SIGKILL');
      }
      await exited;

      const log = open(folder);
      const kept = new Set<string>();
      for (let from = 0; ;) {
        const records = await log.read('readings', [from], 1_000);
        if (records.length === 0) break;
        for (const record of records) kept.add(text(record.payload));
        from = records.at(-1)!.sequence;
      }
      const missing = acknowledged.filter((each) => !kept.has(each));
      await log.close();

      expect(acknowledged.length).toBeGreaterThanOrEqual(500);
      expect(missing).toEqual([]);
    }
  });

  it('is read by a second process while the first appends', async () => {
    const log = open(folder);
    const seen = new Seen();
    log.consume({ stream: 'alarms', consumer: 'here' }, async (batch) => seen.take(batch));
    const child = inAnotherProcess(
      folder,
      `log.consume({ stream: 'actions', consumer: 'there' }, async (batch) => {
         for (const record of batch.records) await log.append([{ stream: 'alarms', key: 'k', payload: record.payload }]);
       });
       process.stdin.on('end', () => log.close()).resume();`,
    );

    await append(log, 'actions', 'acknowledge');
    await seen.until(1);

    expect(seen.texts).toEqual(['acknowledge']);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await exited;
    await log.close();
  });

  it('numbers without gaps or repeats where two processes append to one stream', async () => {
    const log = open(folder);
    const child = inAnotherProcess(
      folder,
      `for (let i = 0; i < 200; i++) await log.append([{ stream: 'readings', key: 'k', payload: bytes('there') }]);
       await log.close();`,
    );
    const exited = new Promise((resolve) => child.once('exit', resolve));
    for (let i = 0; i < 200; i++) await append(log, 'readings', 'here');
    await exited;
    await until(async () => (await log.head('readings'))[0] === 400);

    const records = await log.read('readings', [0], 1_000);

    expect(records.map((record) => record.sequence)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    expect(records.filter((record) => text(record.payload) === 'there')).toHaveLength(200);
    await log.close();
  });

  it('goes on above what a consumer has handled already, where the log was lost', async () => {
    const log = open(folder);
    const seen = new Seen();
    log.consume({ stream: 'readings', consumer: 'own', from: [5_000] }, async (batch) => seen.take(batch));

    await append(log, 'readings', 'a');
    await seen.until(1);

    expect(seen.sequences).toEqual([5_001]);
    expect(await log.head('readings')).toEqual([5_001]);
    expect((await log.stats()).records.readings).toBe(1);
    await log.close();
  });

  it('shares a commit among the appends under way', async () => {
    const log = open(folder);
    let resolved = 0;
    const appends = Array.from({ length: 2_000 }, () => append(log, 'readings', 'r').then(() => resolved++));

    await appends[0];
    await appends[1_999];

    // The first and the last were taken in the same turn: all resolve with the same commit.
    expect(resolved).toBe(2_000);
    await log.close();
  });
});

// Only root may mount a disk of its own, and not in every container.
if (SmallDisk.works) {
  describe('reading log on a full disk', () => {
    let disk: SmallDisk;
    beforeEach(() => (disk = SmallDisk.mount(96)));
    afterEach(() => disk.unmount());

    it('refuses what has no room, goes on handing over, and takes records again once there is room', async () => {
      const log = open(disk.folder);
      const seen = new Seen();
      const large = 'x'.repeat(64 * 1024);
      let kept = 0;
      disk.fillBut(24);
      const refusal = await (async (): Promise<unknown> => {
        for (;;) {
          try {
            await append(log, 'readings', `${kept + 1} ${large}`);
            kept++;
          } catch (error) {
            return error;
          }
        }
      })();

      expect(refusal).toBeInstanceOf(LogFullError);
      expect(kept).toBeGreaterThan(10);
      await expect(append(log, 'readings', large)).rejects.toThrow(LogFullError);
      log.consume({ stream: 'readings', consumer: 'one' }, async (batch) => seen.take(batch));
      await seen.until(kept);

      disk.clear();
      await append(log, 'readings', `${kept + 1} ${large}`, `${kept + 2} ${large}`);
      await seen.until(kept + 2);
      expect(seen.texts.map((each) => Number(each.split(' ')[0]))).toEqual(
        Array.from({ length: kept + 2 }, (_, i) => i + 1),
      );
      await log.close();

      const again = open(disk.folder);
      expect(await again.head('readings')).toEqual([kept + 2]);
      expect(await again.cursor('readings', 'one')).toEqual([kept + 2]);
      await again.close();
    });
  });
}
