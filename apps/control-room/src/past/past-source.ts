import type { Alarm, AlarmTransition, LiveReadings } from '@lifeline/contracts';
import { call } from '../api/call.js';

export interface Changes {
  readonly values: LiveReadings['values'];
  readonly transitions: readonly AlarmTransition[];
  /** Up to here they are whole. */
  readonly untilMs: number;
}

/** Where the past is read from. All reject with `CallError`. */
export interface PastSource {
  snapshot(
    atMs: number,
    signal: AbortSignal,
  ): Promise<{ readonly values: LiveReadings['values']; readonly alarms: readonly Alarm[] }>;
  /** What changed after `sinceMs` and up to `atMs`, or a little less far. */
  changes(sinceMs: number, atMs: number, signal: AbortSignal): Promise<Changes>;
}

/** The past as the gateway gives it. */
export const gatewayPast: PastSource = {
  async snapshot(atMs, signal) {
    const [values, alarms] = await Promise.all([
      valuesOf({ at: atMs }, signal),
      call('getPastAlarms', { query: { at: atMs }, signal }),
    ]);
    return { values, alarms: alarms.items };
  },
  async changes(sinceMs, atMs, signal) {
    const moved = await call('getPastTransitions', { query: { since: sinceMs, at: atMs }, signal });
    const values = await valuesOf({ since: sinceMs, at: moved.untilMs }, signal);
    return { values, transitions: moved.items, untilMs: moved.untilMs };
  },
};

async function valuesOf(
  query: { readonly at: number; readonly since?: number },
  signal: AbortSignal,
): Promise<LiveReadings['values']> {
  const values: LiveReadings['values'] = [];
  let after: number | undefined;
  do {
    const page = await call('getPastValues', {
      query: { ...query, ...(after === undefined ? {} : { after }) },
      signal,
    });
    for (const value of page.values) values.push(value);
    after = page.next;
  } while (after !== undefined);
  return values;
}
