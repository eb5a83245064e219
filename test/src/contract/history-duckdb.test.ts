import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HistoryUnavailableError, openDuckDbHistory } from '@lifeline/history';
import { temporaryFolder } from '../servers/process.js';
import { SmallDisk } from '../servers/small-disk.js';
import { blockOf, readingsOf, seriesKey, T0 } from './history-suite.js';

const DAY_MS = 86_400_000;
const CRASH_WRITER = join(import.meta.dirname, 'history-crash-writer.mjs');

describe('a DuckDB history file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = temporaryFolder('history');
    file = join(folder, 'history.duckdb');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the writer until it has acknowledged `batches` more, kills it amid its work and gives the last acknowledged. */
  async function writeAndKill(first: number, batches: number, rows: number): Promise<number> {
    const child = spawn(process.execPath, ['--no-warnings', CRASH_WRITER, file, String(first), String(rows)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `${code}`)));
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= first + batches - 1) child.kill('SIGKILL');
    }
    expect(await ended).toBe('SIGKILL');
    return acknowledged;
  }

  it('has after kill -9 all rows up to its cursor, none twice and none beyond', async () => {
    const rows = 500;
    let next = 1;
    for (const batches of [1, 12, 33, 7]) {
      const acknowledged = await writeAndKill(next, batches, rows);
      const history = await openDuckDbHistory({ file, settleEveryMs: 0 });
      const [cursor = 0] = await history.cursor();
      expect(cursor).toBeGreaterThanOrEqual(acknowledged);
      for (const sensorNo of [1, 250, rows]) {
        const answer = await history.range({
          series: seriesKey(sensorNo),
          fromMs: T0,
          toMs: T0 + 400 * DAY_MS,
          points: 10_000,
        });
        expect(readingsOf(answer).map(([, value]) => value)).toEqual(
          Array.from({ length: cursor }, (_, i) => (i + 1) * 1000 + sensorNo - 1),
        );
      }
      const last = await history.last(Array.from({ length: rows }, (_, i) => seriesKey(i + 1)));
      expect(last.map((l) => l.value).sort((a, b) => a - b)).toEqual(
        Array.from({ length: rows }, (_, i) => cursor * 1000 + i),
      );
      await history.close();
      next = cursor + 1;
    }
  });

  it('tells a second process plainly that the file is open elsewhere', async () => {
    const history = await openDuckDbHistory({ file, settleEveryMs: 0 });
    const script = `import { openDuckDbHistory } from '@lifeline/history';
      try { await openDuckDbHistory({ file: process.argv[1] }); console.log('opened'); }
      catch (error) { console.log(error.code + ': ' + error.message); }`;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, file], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const line of createInterface({ input: child.stdout })) said += line;
    expect(said).toMatch(/^history-unavailable: .*history\.duckdb is open in another process\. Stop that one/);
    await history.close();
  });

  it('refuses to be opened twice in one process, and opens again once closed', async () => {
    const history = await openDuckDbHistory({ file, settleEveryMs: 0 });
    await expect(openDuckDbHistory({ file })).rejects.toThrow(HistoryUnavailableError);
    await history.write({ blocks: [blockOf([[1, T0, 1]])], partition: 1, sequence: 5 });
    await history.close();
    await expect(history.count(seriesKey(1), T0, T0 + 1)).rejects.toThrow(HistoryUnavailableError);
    await expect(history.write({ blocks: [], partition: 1, sequence: 6 })).rejects.toThrow(HistoryUnavailableError);
    const again = await openDuckDbHistory({ file, settleEveryMs: 0 });
    expect(await again.cursor()).toEqual([0, 5]);
    expect(await again.count(seriesKey(1), T0, T0 + 1)).toBe(1);
    await again.close();
  });

  it('says which file it is where that is not a history, and leaves it as it is', async () => {
    await expect(openDuckDbHistory({ file: import.meta.filename })).rejects.toThrow(/cannot be opened/);
  });
});

// Only root may mount a disk of its own, and not in every container.
if (SmallDisk.works) {
  describe('a DuckDB history file on a full disk', () => {
    const ROWS = 20_000;
    let disk: SmallDisk;
    let said: string[];
    beforeEach(() => {
      disk = SmallDisk.mount(128);
      said = [];
    });
    afterEach(() => disk.unmount());

    const open = () =>
      openDuckDbHistory({
        file: join(disk.folder, 'history.duckdb'),
        settleEveryMs: 0,
        say: (line) => said.push(line),
      });
    type Open = Awaited<ReturnType<typeof open>>;
    const block = (sequence: number) =>
      blockOf(Array.from({ length: ROWS }, (_, i) => [i + 1, T0 + sequence * 1000, sequence * 100_000 + i]));
    const write = (history: Open, ...sequences: number[]) =>
      history.write({ blocks: sequences.map(block), partition: 0, sequence: sequences.at(-1)! });
    /** As the log does: the same batch again until it is taken. */
    const writeUntilTaken = async (history: Open, ...sequences: number[]) => {
      for (let attempt = 0; attempt < 100; attempt++) {
        const refusal = await write(history, ...sequences).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal === undefined) return;
        expect(refusal).toBeInstanceOf(HistoryUnavailableError);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('the history takes nothing though there is room');
    };
    /** Writes until the disk is full; gives the sequence that was refused. */
    const writeUntilRefused = async (history: Open, after: number): Promise<number> => {
      for (let sequence = after + 1; sequence < after + 400; sequence++) {
        const refusal = await write(history, sequence).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal === undefined) continue;
        expect(refusal).toBeInstanceOf(HistoryUnavailableError);
        return sequence;
      }
      throw new Error('the disk does not get full');
    };
    const valuesOf = async (history: Open, sensorNo: number) =>
      readingsOf(
        await history.range({ series: seriesKey(sensorNo), fromMs: T0, toMs: T0 + DAY_MS, points: 10_000 }),
      ).map(([, value]) => value);
    const handles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(disk.folder);
        } catch {
          return false;
        }
      }).length;

    it('takes rows again once there is room, without a restart, and has lost and doubled none', async () => {
      const history = await open();
      const handlesBefore = handles();
      let sequence = 0;
      // The first refuses a row's commit, the second a checkpoint, which invalidates the database.
      for (const freeMebibytes of [8, 18]) {
        disk.fillBut(freeMebibytes);
        sequence = await writeUntilRefused(history, sequence);
        await write(history, sequence).catch(() => undefined);

        disk.clear();
        // What came meanwhile stands in the same batch.
        await writeUntilTaken(history, sequence, ++sequence);
      }
      await write(history, ++sequence);

      expect(await history.cursor()).toEqual([sequence]);
      for (const sensorNo of [1, 777, ROWS]) {
        expect(await valuesOf(history, sensorNo)).toEqual(
          Array.from({ length: sequence }, (_, i) => (i + 1) * 100_000 + sensorNo - 1),
        );
      }
      expect(said.length).toBeGreaterThan(0);
      for (const line of said) expect(line).toMatch(/was opened again after: .*No space left/);
      expect(handles()).toBeLessThanOrEqual(handlesBefore + 1);
      await history.close();

      const again = await open();
      expect(await again.cursor()).toEqual([sequence]);
      expect(await valuesOf(again, 777)).toHaveLength(sequence);
      await again.close();
      expect(handles()).toBe(0);
    });

    it('answers questions again once there is room, though nothing is written', async () => {
      const history = await open();
      disk.fillBut(8);
      const sequence = await writeUntilRefused(history, 0);
      disk.clear();

      let values: readonly unknown[] | undefined;
      for (let attempt = 0; !values && attempt < 100; attempt++) {
        values = await valuesOf(history, 1).catch(() => undefined);
        if (!values) await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const [cursor = 0] = await history.cursor();
      expect(cursor).toBeGreaterThanOrEqual(sequence - 1);
      expect(values).toHaveLength(cursor);
      await history.close();
    });
  });
}
