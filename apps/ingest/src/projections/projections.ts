import { CONSUMERS, type StoredRecord } from '@lifeline/reading-log';
import type { AccountDelta, ProjectionCursor } from '@lifeline/records';
import type { Ports } from '@lifeline/ports';
import type { HistoryWriter } from '../history-writer.js';
import { receivedDeltas, rejectedDeltas, storedDeltas } from './account-deltas.js';
import { mergeRejects } from './merge-rejects.js';
import { Projector } from './projector.js';

/** What ingest writes into the records: the rejects, and the account of what came in and what became of it. */
export function ingestProjections(
  ports: Pick<Ports, 'log' | 'records' | 'clock' | 'say'>,
  history: Pick<HistoryWriter, 'reached'>,
): Projector[] {
  const { log, records, clock, say } = ports;
  const common = { log, records, clock, say };
  const account =
    (deltas: (given: readonly StoredRecord[]) => AccountDelta[]) =>
    (given: readonly StoredRecord[], cursor: ProjectionCursor) =>
      records.account.add(deltas(given), cursor);
  return [
    new Projector({
      ...common,
      stream: 'rejects',
      consumer: CONSUMERS.rejects,
      project: (given, cursor) => records.rejects.project(mergeRejects(given), cursor),
    }),
    new Projector({
      ...common,
      stream: 'rejects',
      consumer: CONSUMERS.accountRejected,
      project: account(rejectedDeltas),
    }),
    new Projector({
      ...common,
      stream: 'readings',
      consumer: CONSUMERS.accountReceived,
      project: account(receivedDeltas),
    }),
    new Projector({
      ...common,
      stream: 'readings',
      consumer: CONSUMERS.accountStored,
      project: async (given, cursor) => {
        await history.reached(cursor.partition, cursor.sequence);
        await records.account.add(storedDeltas(given), cursor);
      },
    }),
  ];
}
