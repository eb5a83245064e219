import {
  alarmActionSchema,
  alarmTransitionSchema,
  maintenanceActionSchema,
  type AlarmAction,
  type AlarmTransition,
  type MaintenanceAction,
} from '@lifeline/contracts';
import type { Cursor, ReadingLog, StoredRecord } from '@lifeline/reading-log';

const AT_ONCE = 1_000;

/** The transition in a record of the stream `alarms`; undefined where it is none (a fault of whoever wrote it). */
export function readTransition(payload: Uint8Array): AlarmTransition | undefined {
  return alarmTransitionSchema.safeParse(parse(payload)).data;
}

/** The action in a record of the stream `actions`; undefined where it is none. */
export function readAction(payload: Uint8Array): AlarmAction | MaintenanceAction | undefined {
  const action = parse(payload);
  return alarmActionSchema.safeParse(action).data ?? maintenanceActionSchema.safeParse(action).data;
}

/** Hands over every transition after `from`; gives where the stream ended. */
export async function readAlarms(
  log: ReadingLog,
  from: Cursor,
  take: (transition: AlarmTransition) => void,
): Promise<Cursor> {
  const position = Array.from({ length: log.partitions }, (_, partition) => from[partition] ?? 0);
  for (;;) {
    const records: readonly StoredRecord[] = await log.read('alarms', position, AT_ONCE);
    if (records.length === 0) return position;
    for (const { partition, sequence, payload } of records) {
      position[partition] = Math.max(position[partition] ?? 0, sequence);
      const transition = readTransition(payload);
      if (transition) take(transition);
    }
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
