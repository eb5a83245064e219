import { alarmTransitionSchema, type AlarmTransition } from '@lifeline/contracts';

/** A transition of the log; undefined where it is none, which must not stop those after it. */
export function readTransition(payload: Uint8Array): AlarmTransition | undefined {
  try {
    return alarmTransitionSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch {
    return undefined;
  }
}
