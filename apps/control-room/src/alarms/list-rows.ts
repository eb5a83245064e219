import type { OperatorLine } from '@lifeline/incidents';
import type { IncidentBook } from '../incidents/incident-book.js';
import { announcedOf, compareAlarms, type StandingAlarm } from '../live/alarm-book.js';
import { heldOrder } from './held-order.js';

type LineOf<Kind> = Extract<OperatorLine, { kind: Kind }>;

/** What a row is about. `member`: an alarm of the incident above it. */
export type RowSubject =
  | { readonly kind: 'incident'; readonly line: LineOf<'incident'> }
  | { readonly kind: 'fold'; readonly line: LineOf<'fold'> }
  | { readonly kind: 'alarm'; readonly alarmId: string }
  | { readonly kind: 'member'; readonly alarmId: string; readonly incidentId: string };

/** One row of the list; rows under what is open follow it, one level deeper. */
export type Row = RowSubject & {
  /** Names the row as long as it stands where it does. */
  readonly key: string;
  readonly level: 1 | 2 | 3;
  readonly isOpen: boolean;
};

/** Rows that stand still under a pointer: by what they are under (`` for the top), in the order they had. */
export type HeldRows = ReadonlyMap<string, readonly Entry[]>;
interface Entry {
  readonly key: string;
  readonly subject: RowSubject;
}

export interface Shown {
  readonly rows: readonly Row[];
  /** Lines, and alarms of open incidents, that wait for the pointer to go. */
  readonly waiting: number;
}

/** What is open in place, by the id of its line. */
export type OpenLines = ReadonlySet<string>;

/** Gives what stands under a row; undefined where nothing ever does. */
export type Below = (subject: RowSubject) => readonly RowSubject[] | undefined;

export function idOf(subject: RowSubject): string {
  return subject.kind === 'incident' || subject.kind === 'fold' ? subject.line.lineId : subject.alarmId;
}

/** The alarms of an incident, its first-out before all, then the worst; of a fold, its lines. */
export function belowIn(book: IncidentBook, byId: ReadonlyMap<string, StandingAlarm>): Below {
  return (subject) => {
    if (subject.kind === 'fold') return subject.line.lines.map(subjectOf);
    if (subject.kind !== 'incident') return undefined;
    const { incidentId } = subject.line;
    const known = book.byId.get(incidentId);
    const members = [...(known?.members.keys() ?? [])].flatMap((alarmId) => byId.get(alarmId) ?? []);
    const first = known?.incident.firstOut.alarmId;
    return announcedOf(members.filter(({ state }) => state !== 'normal'))
      .sort((a, b) => Number(b.alarmId === first) - Number(a.alarmId === first) || compareAlarms(a, b))
      .map(({ alarmId }) => ({ kind: 'member', alarmId, incidentId }));
  };
}

/** The rows of the list: its lines, and under those that are open what they hold. What is held keeps its order. */
export function rowsOf(
  lines: readonly OperatorLine[],
  open: OpenLines,
  below: Below,
  held: HeldRows | undefined,
): Shown {
  const rows: Row[] = [];
  let waiting = 0;
  const add = (subjects: readonly RowSubject[], under: string, level: 1 | 2 | 3): void => {
    const entries = new Map(subjects.map((subject) => [`${under}${idOf(subject)}`, subject]));
    const before = held?.get(under);
    const order = heldOrder(
      before?.map(({ key }) => key),
      [...entries.keys()],
    );
    waiting += order.waiting;
    for (const key of order.shown) {
      const subject = entries.get(key) ?? before?.find((entry) => entry.key === key)?.subject;
      if (subject === undefined) continue;
      const isOpen = open.has(idOf(subject));
      const inside = isOpen && level < 3 ? below(subject) : undefined;
      rows.push({ ...subject, key, level, isOpen: inside !== undefined });
      if (inside !== undefined) add(inside, `${key}>`, level === 1 ? 2 : 3);
    }
  };
  add(lines.map(subjectOf), '', 1);
  return { rows, waiting };
}

/** Holds the rows as they are: of all, or of what was opened since. */
export function holdRows(rows: readonly Row[], before: HeldRows | undefined, open: OpenLines): HeldRows {
  const held = new Map(before);
  const groups = new Map<string, Entry[]>();
  if (before === undefined) groups.set('', []);
  for (const row of rows) {
    const under = row.key.slice(0, row.key.lastIndexOf('>') + 1);
    const group = groups.get(under) ?? [];
    group.push({ key: row.key, subject: row });
    groups.set(under, group);
  }
  for (const [under, entries] of groups) if (!held.has(under)) held.set(under, entries);
  // What was closed is held anew when it is opened again.
  for (const under of held.keys()) {
    const opened = under.slice(0, -1).split('>').at(-1)!;
    if (under !== '' && !open.has(opened)) held.delete(under);
  }
  return held;
}

function subjectOf(line: OperatorLine): RowSubject {
  if (line.kind === 'alarm') return { kind: 'alarm', alarmId: line.alarmId };
  return line.kind === 'fold' ? { kind: 'fold', line } : { kind: 'incident', line };
}
