import { isHeld } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import { AlarmFile } from './alarm-file.js';
import { correlate, mayBeIn } from './correlate.js';
import { contextOf, type IncidentPorts } from './desk-context.js';
import type {
  AlarmAccount,
  Incident,
  IncidentChange,
  IncidentDeskState,
  IncidentMember,
  LoneAlarm,
} from './incident.js';
import { IncidentBook, type Live } from './incident-book.js';
import { loneAlarmOf } from './lines/lone-alarm.js';
import { RULES } from './rules/rules.js';
import { isAnnounced, newSubject, update, type Subject } from './subject.js';
import { isEarlier, Tally } from './tally.js';

export type { IncidentPorts } from './desk-context.js';

/**
 * Joins alarms that share a cause into one incident. Pure. Its input is the transitions of alarms in the order of their log, its
 * output what that moved. A transition that it knows, or that is older than what it knows of the alarm, gives nothing. Every alarm
 * is in one incident, or a line of its own, or held back.
 */
export interface IncidentDesk {
  take(transition: AlarmTransition): IncidentChange[];
  /** Incidents with an alarm that is not over. */
  incidents(): Incident[];
  incident(incidentId: string): Incident | undefined;
  members(incidentId: string): IncidentMember[];
  /** Announced alarms in no incident. */
  alone(): LoneAlarm[];
  /** The incident of an alarm; null: in none; undefined: not known, or forgotten. */
  incidentOf(alarmId: string): string | null | undefined;
  account(): AlarmAccount;
  /** Forgets what is over: call once the checkpoint has passed it, since repeats cannot come then. */
  forgetClosed(): void;
  state(): IncidentDeskState;
  /** Replaces everything the desk knows. */
  restore(state: IncidentDeskState): void;
}

/** Memory is one record an alarm that is open or not forgotten, and one an incident. */
export function createIncidentDesk(ports: IncidentPorts): IncidentDesk {
  const context = contextOf(ports);
  const subjects = new Map<string, Subject>();
  const file = new AlarmFile();
  const book = new IncidentBook(context);
  let forgotten = { inIncidents: 0, alone: 0, held: 0 };
  let raw = 0;

  return { take, incidents, incident, members, alone, incidentOf, account, forgetClosed, state, restore };

  function take(transition: AlarmTransition): IncidentChange[] {
    let subject = subjects.get(transition.alarmId);
    if (subject && transition.sequence <= subject.sequence) return [];
    const wasAnnounced = subject !== undefined && isAnnounced(subject);
    let left = false;
    if (subject) left = revise(subject, transition);
    else {
      const asset = transition.assetId === null ? undefined : context.assetOf(transition.assetId);
      subject = newSubject(transition, ports.sensorOf(transition.sensorId), asset);
      subjects.set(subject.alarmId, subject);
      raw++;
    }
    const isNewsToRules = fileOrTake(subject);
    if (isAnnounced(subject) && (!wasAnnounced || isNewsToRules || left))
      correlate(subject, book, (key) => file.find(key), context);
    book.settle({ alone: fileOrTake, moved: (live) => live.tally.members.forEach(fileOrTake) });
    return book.tell(transition.atMs);
  }

  /** True where a member became what its incident must not hide, and left it. */
  function revise(subject: Subject, transition: AlarmTransition): boolean {
    const live = book.of(subject);
    if (!live) {
      update(subject, transition);
      return false;
    }
    book.touch(live);
    live.tally.count(subject, -1);
    update(subject, transition);
    live.tally.count(subject, 1);
    if (mayBeIn(subject, live.core.kind, live.core.utility, context)) return false;
    book.drop(subject, live, null);
    return true;
  }

  /** Rules find what is announced, and what is over while its incident is open. True where that changed. */
  function fileOrTake(subject: Subject): boolean {
    const live = book.of(subject);
    if (isAnnounced(subject) || (live && live.core.state === 'open' && !isHeld(subject.state)))
      return file.put(
        subject,
        RULES.flatMap((rule) => rule.keys(subject, context)),
      );
    file.take(subject);
    return false;
  }

  function incidents(): Incident[] {
    return [...book.byId.values()]
      .filter(({ core }) => core.state === 'open')
      .map((live) => (live.told ??= book.view(live)));
  }

  function incident(incidentId: string): Incident | undefined {
    const live = book.byId.get(incidentId);
    return live && (live.tally.members.size > 0 || live.told) ? book.view(live) : undefined;
  }

  function members(incidentId: string): IncidentMember[] {
    return [...(book.byId.get(incidentId)?.tally.members ?? [])].map(({ alarmId, joinedBy, joinedTo, why }) => ({
      alarmId,
      rule: joinedBy!,
      to: joinedTo!,
      why: why!,
    }));
  }

  function alone(): LoneAlarm[] {
    return [...subjects.values()]
      .filter((one) => one.incidentId === null && isAnnounced(one))
      .map((one) => loneAlarmOf(one, context));
  }

  function incidentOf(alarmId: string): string | null | undefined {
    return subjects.get(alarmId)?.incidentId;
  }

  function account(): AlarmAccount {
    const counts = { ...forgotten };
    for (const live of book.byId.values()) counts.inIncidents += live.core.folded + live.tally.members.size;
    for (const one of subjects.values()) if (one.incidentId === null) counts[placeOf(one)]++;
    return { raw, ...counts, lost: raw - counts.inIncidents - counts.alone - counts.held };
  }

  function forgetClosed(): void {
    for (const live of book.byId.values()) {
      if (live.core.state === 'open') fold(live);
      else {
        forgotten.inIncidents += live.core.folded + live.tally.members.size;
        live.core.folded = 0;
        for (const one of live.tally.members) forget(one);
        live.tally.members.clear();
      }
    }
    for (const one of [...subjects.values()]) {
      if (one.incidentId !== null || one.state !== 'normal') continue;
      forgotten[placeOf(one)]++;
      forget(one);
    }
    // Last: an incident that dissolved is remembered by name as long as the alarm of that name is.
    for (const [incidentId, { core, tally }] of book.byId) {
      if (core.state === 'closed' && tally.members.size === 0 && !subjects.has(incidentId.slice('incident.'.length)))
        book.byId.delete(incidentId);
    }
  }

  /** Of an incident that stays open for long, the oldest alarms that are over are kept as a number. */
  function fold({ core, tally }: Live): void {
    const over = [...tally.members].filter((one) => one.state === 'normal' && one !== tally.first());
    const tooMany = over.length - context.options.mostClosedMembers;
    if (tooMany <= 0) return;
    over.sort((a, b) => (isEarlier(a, b) ? -1 : 1));
    for (const one of over.slice(0, tooMany)) {
      tally.remove(one);
      core.folded++;
      forget(one);
    }
  }

  function forget(subject: Subject): void {
    file.take(subject);
    subjects.delete(subject.alarmId);
  }

  function state(): IncidentDeskState {
    return structuredClone({
      version: 1 as const,
      subjects: [...subjects.values()],
      incidents: [...book.byId.values()].map(({ core }) => core),
      forgotten,
    });
  }

  function restore(given: IncidentDeskState): void {
    const { subjects: all, incidents: cores, forgotten: gone } = structuredClone(given);
    subjects.clear();
    file.clear();
    book.byId.clear();
    forgotten = { ...gone };
    for (const core of cores) book.byId.set(core.incidentId, { core, tally: new Tally(context), told: null });
    for (const subject of all) {
      subjects.set(subject.alarmId, subject);
      book.of(subject)?.tally.add(subject);
    }
    for (const subject of all) fileOrTake(subject);
    raw = all.length + gone.inIncidents + gone.alone + gone.held + cores.reduce((sum, { folded }) => sum + folded, 0);
  }
}

function placeOf({ state, wasAnnounced }: Subject): 'alone' | 'held' {
  return isHeld(state) || !wasAnnounced ? 'held' : 'alone';
}
