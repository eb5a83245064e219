import type { CallOut } from '@lifeline/contracts';

/** The call-outs the page knows. Immutable: each change gives a new book. */
export interface CallOutBook {
  readonly byId: ReadonlyMap<string, CallOut>;
  /** False until the first list is here. */
  readonly loaded: boolean;
}

export const NO_CALL_OUTS: CallOutBook = { byId: new Map(), loaded: false };

/** What a call-out is asked for by: an alarm with the incident it is in, or an incident with its alarms. */
export interface CalledFor {
  readonly alarmIds: readonly string[];
  readonly incidentId: string | undefined;
}

/** Takes in call-outs; of each the one with more steps stays, since steps are only added. */
export function foldCallOuts(book: CallOutBook, callOuts: readonly CallOut[]): CallOutBook {
  let byId: Map<string, CallOut> | undefined;
  for (const callOut of callOuts) {
    const known = (byId ?? book.byId).get(callOut.callOutId);
    if (known !== undefined && known.steps.length >= callOut.steps.length) continue;
    byId ??= new Map(book.byId);
    byId.set(callOut.callOutId, callOut);
  }
  return byId === undefined ? book : { ...book, byId };
}

/** Those for an alarm or an incident, newest first. */
export function callOutsFor(book: CallOutBook, { alarmIds, incidentId }: CalledFor): CallOut[] {
  const wanted = new Set(alarmIds);
  return [...book.byId.values()]
    .filter((callOut) => wanted.has(callOut.alarmId) || (incidentId !== undefined && callOut.incidentId === incidentId))
    .sort((a, b) => b.atMs - a.atMs || (a.callOutId < b.callOutId ? 1 : -1));
}

/** The call-outs as they stood at a past moment. */
export function asOf(callOuts: readonly CallOut[], atMs: number): CallOut[] {
  return callOuts
    .filter((callOut) => callOut.atMs <= atMs)
    .map((callOut) => ({ ...callOut, steps: callOut.steps.filter((step) => step.atMs <= atMs) }));
}
