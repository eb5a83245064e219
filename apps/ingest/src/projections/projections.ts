import { CONSUMERS } from '@lifeline/reading-log';
import { decodeBlock } from '@lifeline/readings';
import { RecordDecoder, type Ports } from '@lifeline/ports';
import type { HistoryWriter } from '../history-writer.js';
import { readReject } from '../pipeline/reject-collector.js';
import { receivedDeltas, rejectedDeltas, storedDeltas } from './account-deltas.js';
import { mergeRejects } from './merge-rejects.js';
import { Projector } from './projector.js';

/** What ingest writes into the records: the rejects, and the account of what came in and what became of it. */
export function ingestProjections(
  ports: Pick<Ports, 'log' | 'records' | 'clock' | 'say' | 'metrics'>,
  history: Pick<HistoryWriter, 'reached'>,
): Projector[] {
  const { log, records, clock, say, metrics } = ports;
  const common = { log, records, clock, say };
  const blocksFor = (consumer: string) =>
    new RecordDecoder({ metrics, say, stream: 'readings', consumer, read: decodeBlock });
  const rejectsFor = (consumer: string) =>
    new RecordDecoder({ metrics, say, stream: 'rejects', consumer, read: readReject });
  const rejects = rejectsFor(CONSUMERS.rejects);
  const rejected = rejectsFor(CONSUMERS.accountRejected);
  const received = blocksFor(CONSUMERS.accountReceived);
  const stored = blocksFor(CONSUMERS.accountStored);
  return [
    new Projector({
      ...common,
      stream: 'rejects',
      consumer: CONSUMERS.rejects,
      project: (given, cursor) => records.rejects.project(mergeRejects(rejects.decodeAll(given)), cursor),
    }),
    new Projector({
      ...common,
      stream: 'rejects',
      consumer: CONSUMERS.accountRejected,
      project: (given, cursor) => records.account.add(rejectedDeltas(rejected.decodeAll(given)), cursor),
    }),
    new Projector({
      ...common,
      stream: 'readings',
      consumer: CONSUMERS.accountReceived,
      project: (given, cursor) => records.account.add(receivedDeltas(received.decodeAll(given)), cursor),
    }),
    new Projector({
      ...common,
      stream: 'readings',
      consumer: CONSUMERS.accountStored,
      project: async (given, cursor) => {
        await history.reached(cursor.partition, cursor.sequence);
        await records.account.add(storedDeltas(stored.decodeAll(given)), cursor);
      },
    }),
  ];
}
