import type { LiveAlarm } from '@lifeline/contracts';
import type { ReadingLog } from '@lifeline/reading-log';
import { readTransition } from './stored-transition.js';

/** More missed transitions than this are quicker read anew by REST. */
export const MOST_MISSED = 5_000;
const RECORDS_A_READ = 500;

export interface Listener {
  /** Newest position that was told to those who listen. */
  position(): number;
  isGone(): boolean;
  send(alarm: LiveAlarm): void;
  /** From now on this client is told what the others are. */
  listen(): void;
}

/**
 * Sends what a client missed after `lastSequence`, then lets it listen: in one turn with the last comparison of positions, so
 * that nothing passes in between.
 * @returns `too-far` (it listens too) where the log no longer has it, or there is too much of it: the client must load anew
 */
export async function catchUp(
  log: Pick<ReadingLog, 'read' | 'partitions'>,
  lastSequence: number,
  listener: Listener,
): Promise<'caught-up' | 'too-far'> {
  const missed = listener.position() - lastSequence;
  // With several partitions one number does not say where a client stands.
  let isTooFar = missed < 0 || missed > MOST_MISSED || log.partitions !== 1;
  let position = lastSequence;
  while (!isTooFar && position < listener.position() && !listener.isGone()) {
    const records = await log.read('alarms', [position], RECORDS_A_READ);
    isTooFar = records[0]?.sequence !== position + 1;
    if (isTooFar) break;
    for (const record of records) {
      // What has not been told to the others yet comes to this client with them.
      if (record.sequence > listener.position()) break;
      position = record.sequence;
      const transition = readTransition(record.payload);
      if (transition) listener.send({ ...transition, streamSequence: record.sequence });
    }
  }
  listener.listen();
  return isTooFar ? 'too-far' : 'caught-up';
}
