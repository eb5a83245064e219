import { rmSync } from 'node:fs';
import type { ReadingLog, StoredRecord } from '@lifeline/reading-log';
import type { ProjectionCursor } from '@lifeline/records';
import { openTestLog, testClock, until } from '../pipeline/pipeline-in-tests.js';
import { Projector } from './projector.js';

/** Rows and cursor that move together, as in a transaction; may fail before or after the commit. */
class Table {
  readonly rows: string[] = [];
  position = 0;
  failures: ('before' | 'after')[] = [];

  async cursor(): Promise<readonly number[]> {
    return this.position === 0 ? [] : [this.position];
  }

  async project(records: readonly StoredRecord[], cursor: ProjectionCursor): Promise<void> {
    const failure = this.failures.shift();
    if (failure === 'before') throw new Error('no connection');
    this.rows.push(...records.map((record) => new TextDecoder().decode(record.payload)));
    this.position = cursor.sequence;
    if (failure === 'after') throw new Error('connection lost at the answer');
  }
}

describe('a projector', () => {
  let log: ReadingLog;
  let folder: string;
  let table: Table;
  let projector: Projector;
  const open = () =>
    new Projector({
      log,
      records: table,
      clock: testClock(),
      say: () => undefined,
      stream: 'rejects',
      consumer: 'rejects',
      project: (records, cursor) => table.project(records, cursor),
    });
  const append = (...texts: string[]) =>
    log.append(texts.map((text) => ({ stream: 'rejects', key: 'k', payload: new TextEncoder().encode(text) })));

  beforeEach(() => {
    ({ log, folder } = openTestLog());
    table = new Table();
    projector = open();
  });
  afterEach(async () => {
    await projector.stop();
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('projects each record once, in order, over restarts', async () => {
    await append('a', 'b');
    await projector.start();
    await until(() => table.position === 2);
    await projector.stop();
    await append('c');
    projector = open();

    await projector.start();
    await until(() => table.position === 3);

    expect(table.rows).toEqual(['a', 'b', 'c']);
  });

  it('projects a record once though its commit was answered by an error and more came meanwhile', async () => {
    table.failures = ['after', 'before'];
    await append('a', 'b');
    await projector.start();
    await until(() => projector.failure !== undefined);
    await append('c');

    await until(() => table.position === 3);
    await until(() => projector.failure === undefined);

    expect(table.rows).toEqual(['a', 'b', 'c']);
  });
});
