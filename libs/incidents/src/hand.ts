import type { IncidentAct } from '@lifeline/contracts';
import type { IncidentBook, Live } from './incident-book.js';
import type { Subject } from './subject.js';
import type { Words } from './words.js';

/** What a person's act needs of the desk. */
export interface HandDesk {
  readonly book: IncidentBook;
  readonly subjects: ReadonlyMap<string, Subject>;
  /** Called for alarms that the desk does not know yet: they join when they come. */
  readonly wait: (alarmId: string, incidentId: string, by: string) => void;
}

/**
 * Does to the incidents what a person did. An act that was done before does nothing, nor one that opens an incident of alarms
 * that are all unknown.
 * @returns whether anything was done
 */
export function foldAct(act: IncidentAct, desk: HandDesk): boolean {
  const { book, subjects } = desk;
  const before = book.byId.get(act.incidentId);
  if (before && act.sequence <= before.core.actSequence) return false;
  if (act.kind === 'opened') return open(act, before, desk);
  if (!before) return false;
  const { core } = before;
  book.touch(before);
  core.actSequence = act.sequence;
  switch (act.kind) {
    case 'note':
      break;
    case 'alarms-added':
      putAll(before, act.alarmIds, act.by, desk);
      break;
    case 'alarm-taken-out': {
      const subject = subjects.get(act.alarmId);
      if (!subject || subject.incidentId !== core.incidentId) break;
      book.drop(subject, before, null);
      subject.joinedBy = 'hand';
      break;
    }
    case 'closed': {
      const { cause, text, by, atMs } = act;
      Object.assign(core, { conclusion: { cause, text, by, atMs }, staysOpen: false });
      break;
    }
    case 'reopened':
      Object.assign(core, { conclusion: null, staysOpen: true, mergedInto: null });
      break;
  }
  return true;
}

function open(act: Extract<IncidentAct, { kind: 'opened' }>, before: Live | undefined, desk: HandDesk): boolean {
  const { book, subjects } = desk;
  const known = act.alarmIds.flatMap((alarmId) => subjects.get(alarmId) ?? []);
  if (known.length === 0) return false;
  const { utility } = known[0]!;
  const live = before ?? book.open(act.incidentId, 'hand', utility);
  book.touch(live);
  Object.assign(live.core, {
    ...{ kind: 'hand', utility, causeAssetId: null, mergedInto: null, conclusion: null },
    ...{ headline: act.headline, staysOpen: true, actSequence: act.sequence },
  });
  putAll(live, act.alarmIds, act.by, desk);
  return true;
}

function putAll(live: Live, alarmIds: readonly string[], by: string, { book, subjects, wait }: HandDesk): void {
  for (const alarmId of alarmIds) {
    const subject = subjects.get(alarmId);
    if (!subject) wait(alarmId, live.core.incidentId, by);
    else {
      const [first] = live.tally.members;
      book.put(subject, live, 'hand', first?.alarmId ?? alarmId, handWords(by));
    }
  }
}

export function handWords(by: string): Words {
  return { en: `Put here by ${by}`, zh: `由${by}人工归入` };
}
