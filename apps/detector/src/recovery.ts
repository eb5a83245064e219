import type { AlarmDesk } from '@lifeline/alarms';
import type { MaintenanceWindow } from '@lifeline/contracts';
import type { DetectionEngine } from '@lifeline/detection';
import type { Cursor, ReadingLog } from '@lifeline/reading-log';
import type { Records } from '@lifeline/records';
import { readCheckpointFile, type Checkpoint, type Cursors } from './checkpoint-file.js';
import { readAlarms } from './stored-alarms.js';

export interface RecoveryPorts {
  readonly log: ReadingLog;
  readonly records: Pick<Records, 'alarms'> & { readonly maintenance: Pick<Records['maintenance'], 'endingAfter'> };
  readonly nowMs: number;
  readonly path: string;
  /** Name under which the log keeps the detector's cursors. */
  readonly consumer: string;
}

export interface Recovered extends Cursors {
  /** Every maintenance window that may still matter, some in more than one version. */
  readonly windows: readonly MaintenanceWindow[];
  /** One line for the operator of the machine where there was no checkpoint to go on from though there was something to know. */
  readonly startedAnew?: string;
}

/**
 * Without a checkpoint so many records are read again, so that running delays and what is usual are known. It is safe: the desk
 * passes over conditions that are older than the transitions it has folded.
 */
const LEARN_AGAIN_RECORDS = 20_000;

/**
 * Brings engine and desk to where the detector stopped: from the checkpoint and the transitions after it; else, where that is
 * missing or broken, from a little before the log's own cursors, all transitions of the log, and the open alarms of the records. Never throws
 * for a checkpoint: it is only a shortcut.
 */
export async function recoverDesk(ports: RecoveryPorts, engine: DetectionEngine, desk: AlarmDesk): Promise<Recovered> {
  const { log, path, consumer } = ports;
  const { checkpoint, fault } = await usableCheckpoint(log, path, engine);
  // The records have each window before the log: one whose telling failed is known from now on at the latest.
  const windows = [...(checkpoint?.windows ?? []), ...(await ports.records.maintenance.endingAfter(ports.nowMs))];
  if (checkpoint) {
    desk.restore(checkpoint.desk);
    const alarms = await readAlarms(log, checkpoint.cursors.alarms, (transition) => desk.fold(transition));
    return { ...checkpoint.cursors, alarms, windows };
  }
  await foldRecords(ports.records, desk);
  const alarms = await readAlarms(log, [], (transition) => desk.fold(transition));
  const readings = (await log.cursor('readings', consumer)).map((sequence) =>
    Math.max(0, sequence - LEARN_AGAIN_RECORDS),
  );
  const actions = await log.cursor('actions', consumer);
  const startedAnew = fault && `Detection starts anew, learning again what is usual: ${fault}.`;
  return { readings, actions, alarms, windows, ...(startedAnew ? { startedAnew } : {}) };
}

async function usableCheckpoint(
  log: ReadingLog,
  path: string,
  engine: DetectionEngine,
): Promise<{ checkpoint?: Checkpoint; fault?: string }> {
  const heads = [await log.head('readings'), await log.head('actions'), await log.head('alarms')] as const;
  try {
    const checkpoint = await readCheckpointFile(path);
    if (!checkpoint) return {};
    const { readings, actions, alarms } = checkpoint.cursors;
    if ([readings, actions, alarms].some((cursor, i) => isAhead(cursor, heads[i]!)))
      return { fault: `the checkpoint ${path} is of another reading log` };
    engine.restore(checkpoint.engine);
    return { checkpoint };
  } catch (error) {
    // Whatever is wrong with it, it is only a shortcut: watching matters more.
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function isAhead(cursor: Cursor, head: Cursor): boolean {
  return cursor.length > head.length || cursor.some((sequence, partition) => sequence > (head[partition] ?? 0));
}

/** Alarms that stand for longer than the log remembers. */
async function foldRecords({ alarms }: Pick<Records, 'alarms'>, desk: AlarmDesk): Promise<void> {
  for (const alarm of await alarms.open()) for (const transition of alarm.transitions) desk.fold(transition);
}
