import type { AccountRow } from '@lifeline/contracts';

export const ACCOUNT_KEYS = ['received', 'stored', 'rejected', 'duplicate', 'waiting'] as const;
export type AccountSum = Record<(typeof ACCOUNT_KEYS)[number], number>;

export interface AccountMinute extends AccountSum {
  readonly minuteMs: number;
}

const MINUTE_MS = 60_000;

/** One row a minute over all inlets, without gaps, from the first whole minute of the span to its last. */
export function minutesOf(rows: readonly AccountRow[], fromMs: number, toMs: number): AccountMinute[] {
  const minutes: AccountMinute[] = [];
  const byMinute = new Map<number, AccountMinute>();
  for (let minuteMs = Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS; minuteMs < toMs; minuteMs += MINUTE_MS) {
    const minute = { minuteMs, received: 0, stored: 0, rejected: 0, duplicate: 0, waiting: 0 };
    minutes.push(minute);
    byMinute.set(minuteMs, minute);
  }
  for (const row of rows) {
    const minute = byMinute.get(row.minuteMs);
    if (minute !== undefined) for (const key of ACCOUNT_KEYS) minute[key] += row[key];
  }
  return minutes;
}

/** The account of all minutes together: what is received is stored, rejected, a duplicate, or waits. */
export function sumOf(minutes: readonly AccountMinute[]): AccountSum {
  const sum: AccountSum = { received: 0, stored: 0, rejected: 0, duplicate: 0, waiting: 0 };
  for (const minute of minutes) for (const key of ACCOUNT_KEYS) sum[key] += minute[key];
  return sum;
}
