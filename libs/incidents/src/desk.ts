import { isHeld } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import { AlarmFile } from './alarm-file.js';
import { correlate, mayBeIn } from './correlate.js';
import { contextOf, type IncidentPorts } from './desk-context.js';
import { foldAct, handWords } from './hand.js';
import type {
  AlarmAccount,
  AwaitedAlarm,
  Incident,
  IncidentAct,
  IncidentChange,
  IncidentDeskState,
  IncidentMember,
  KeptIncident,
  LoneAlarm,
} from './incident.js';
import { IncidentBook, type Live } from './incident-book.js';
import { adopt as keep } from './keep.js';
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
  /** Does what a person did; what was done before changes nothing, nor an act to an incident that the desk does not have. */
  act(act: IncidentAct): IncidentChange[];
  /**
   * Takes in incidents as they were kept, with the lives of their alarms: before the alarms that are open, at a start.
   * @param apart ids of alarms that a person took out of an incident
   */
  adopt(
    kept: readonly KeptIncident[],
    lives: ReadonlyMap<string, readonly AlarmTransition[]>,
    apart: readonly string[],
    atMs: number,
  ): IncidentChange[];
  /** Whether the desk knows the alarm. */
  knows(alarmId: string): boolean;
  /** Incidents with an alarm that is not over. */
  incidents(): Incident[];
  incident(incidentId: string): Incident | undefined;
  members(incidentId: string): IncidentMember[];
  /** Announced alarms in no incident, or in one that a person closed. */
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

  const awaited = new Map<string, AwaitedAlarm>();
  const released = {
    alone: fileOrTake,
    moved: (live: Live) => live.tally.members.forEach(fileOrTake),
  };

  return {
    take,
    act,
    adopt,
    knows,
    incidents,
    incident,
    members,
    alone,
    incidentOf,
    account,
    forgetClosed,
    state,
    restore,
  };

  function take(transition: AlarmTransition): IncidentChange[] {
    let subject = subjects.get(transition.alarmId);
    if (subject && transition.sequence <= subject.sequence) return [];
    const wasAnnounced = subject !== undefined && isAnnounced(subject);
    let left = false;
    if (subject) left = revise(subject, transition);
    else {
      subject = begin(transition);
      join(subject);
    }
    const isNewsToRules = fileOrTake(subject);
    if (isAnnounced(subject) && (!wasAnnounced || isNewsToRules || left))
      correlate(subject, book, (key) => file.find(key), context);
    book.settle(released);
    return book.tell(transition.atMs);
  }

  function act(act: IncidentAct): IncidentChange[] {
    const wait = (alarmId: string, incidentId: string, by: string) => {
      const member: IncidentMember = { alarmId, rule: 'hand', to: alarmId, why: handWords(by) };
      awaited.set(alarmId, { alarmId, incidentId, member });
    };
    if (!foldAct(act, { book, subjects, wait })) return [];
    book.settle(released);
    if (act.kind === 'alarm-taken-out') fileAgain([act.alarmId]);
    if (act.kind === 'alarms-added' || act.kind === 'opened') fileAgain(act.alarmIds);
    return book.tell(act.atMs, act);
  }

  function fileAgain(alarmIds: readonly string[]): void {
    for (const alarmId of alarmIds) {
      const subject = subjects.get(alarmId);
      if (subject) fileOrTake(subject);
    }
  }

  function adopt(
    kept: readonly KeptIncident[],
    lives: ReadonlyMap<string, readonly AlarmTransition[]>,
    apart: readonly string[],
    atMs: number,
  ): IncidentChange[] {
    for (const alarmId of apart) awaited.set(alarmId, { alarmId, incidentId: null, member: null });
    const subjectOf = (alarmId: string, life: readonly AlarmTransition[] | undefined) => {
      const known = subjects.get(alarmId);
      if (known || !life || life.length === 0) return known;
      const subject = begin(life[0]!);
      for (const step of life) update(subject, step);
      return subject;
    };
    const wait = (incidentId: string, member: IncidentMember) =>
      awaited.set(member.alarmId, { alarmId: member.alarmId, incidentId, member });
    const newTally = () => new Tally(context);
    for (const one of kept) {
      const live = keep(one, lives, { book, newTally, subjectOf, wait });
      if (!live) continue;
      for (const { alarmId } of live.tally.members) awaited.delete(alarmId);
      raw += live.core.folded;
      book.touch(live);
    }
    book.settle(released);
    for (const { members } of kept) fileAgain(members.map(({ alarmId }) => alarmId));
    return book.tell(atMs);
  }

  function knows(alarmId: string): boolean {
    return subjects.has(alarmId);
  }

  function begin(transition: AlarmTransition): Subject {
    const asset = transition.assetId === null ? undefined : context.assetOf(transition.assetId);
    const subject = newSubject(transition, ports.sensorOf(transition.sensorId), asset);
    subjects.set(subject.alarmId, subject);
    raw++;
    return subject;
  }

  /** Puts an alarm that was waited for where it belongs. */
  function join(subject: Subject): void {
    const where = awaited.get(subject.alarmId);
    if (!where) return;
    awaited.delete(subject.alarmId);
    const live = where.incidentId === null ? undefined : book.byId.get(where.incidentId);
    if (where.incidentId === null) subject.joinedBy = 'hand';
    else if (live?.core.state === 'open') {
      const { rule, to, why } = where.member!;
      book.put(subject, live, rule, to, why);
    }
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
    if (subject.joinedBy === 'hand') return false;
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
      .filter((one) => isAnnounced(one) && book.of(one)?.core.state !== 'open')
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
    for (const { alarmId, incidentId } of awaited.values())
      if (incidentId !== null && book.byId.get(incidentId)?.core.state !== 'open') awaited.delete(alarmId);
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
      emptied: [...book.byId.values()].flatMap(({ tally, told }) => (tally.members.size === 0 && told ? [told] : [])),
      awaited: [...awaited.values()],
      forgotten,
    });
  }

  function restore(given: IncidentDeskState): void {
    const { subjects: all, incidents: cores, emptied, awaited: waiting, forgotten: gone } = structuredClone(given);
    subjects.clear();
    file.clear();
    book.byId.clear();
    awaited.clear();
    for (const one of waiting) awaited.set(one.alarmId, one);
    forgotten = { ...gone };
    const told = new Map(emptied.map((one) => [one.incidentId, one]));
    for (const core of cores)
      book.byId.set(core.incidentId, { core, tally: new Tally(context), told: told.get(core.incidentId) ?? null });
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
