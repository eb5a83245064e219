import { isHeld, nextLife } from '@lifeline/alarms';
import { PRIORITIES, type Alarm, type AlarmState, type AlarmTransition, type Priority } from '@lifeline/contracts';

/** What a person asks of an alarm. */
export type Asked = 'acknowledge' | HoldKind;
/** What keeps an alarm from being announced, ends that, or resets it. */
export type HoldKind = 'shelve' | 'unshelve' | 'reset' | 'remove-from-service' | 'return-to-service';

/** Who put the newest hold on an alarm, when, and why. */
export type HoldSign = Pick<AlarmTransition, 'actor' | 'note' | 'atMs'>;

/** An alarm as the list and the map show it: its newest transition, with what an operator asked for and awaits. */
export interface StandingAlarm extends AlarmTransition {
  /** What was asked of it, between the asking and the server's answer. */
  readonly asked: Asked | undefined;
  /** Of an alarm that is held; undefined where its step is not known. */
  readonly heldBy: HoldSign | undefined;
}

/** All alarms the page knows, by id. Immutable: each change gives a new book. */
export interface AlarmBook {
  readonly byId: ReadonlyMap<string, StandingAlarm>;
  /** Newest position in the stream of all transitions, for a reconnect. */
  readonly lastSequence: number | undefined;
  /** False until the first list of open alarms is here. */
  readonly loaded: boolean;
}

export const EMPTY_BOOK: AlarmBook = { byId: new Map(), lastSequence: undefined, loaded: false };

/** Alarms that are over are kept this many, so that a late list cannot open them again. */
const OVER_KEPT = 2000;

/** Takes in transitions; one already known, or older than what is known, changes nothing. */
export function foldTransitions(book: AlarmBook, transitions: Iterable<AlarmTransition>): AlarmBook {
  let byId: Map<string, StandingAlarm> | undefined;
  for (const transition of transitions) {
    const known = (byId ?? book.byId).get(transition.alarmId);
    if (known !== undefined && known.sequence >= transition.sequence) continue;
    byId ??= new Map(book.byId);
    const heldBy = transition.holds === null ? undefined : (signOf(transition) ?? known?.heldBy);
    byId.set(transition.alarmId, { ...transition, asked: undefined, heldBy });
  }
  return byId === undefined ? book : { ...book, byId: pruned(byId) };
}

/** Takes in the list of alarms as REST gives it. */
export function foldAlarms(book: AlarmBook, alarms: readonly Alarm[]): AlarmBook {
  const folded = foldTransitions(book, alarms);
  let byId: Map<string, StandingAlarm> | undefined;
  for (const { alarmId, sequence, transitions } of alarms) {
    const known = folded.byId.get(alarmId);
    // The newest transition of a held alarm may be of its condition: who holds it is told by an older one.
    if (known === undefined || known.holds === null || known.sequence !== sequence || known.heldBy !== undefined)
      continue;
    const hold = transitions.findLast((step) => signOf(step) !== undefined);
    byId ??= new Map(folded.byId);
    byId.set(alarmId, { ...known, heldBy: hold && signOf(hold) });
  }
  return byId === undefined ? folded : { ...folded, byId };
}

/** Forgets an alarm that the server does not know. */
export function withoutAlarm(book: AlarmBook, alarmId: string): AlarmBook {
  if (!book.byId.has(alarmId)) return book;
  const byId = new Map(book.byId);
  byId.delete(alarmId);
  return { ...book, byId };
}

function signOf({ event, actor, note, atMs }: AlarmTransition): HoldSign | undefined {
  return event === 'shelve' || event === 'suppress' || event === 'remove-from-service'
    ? { actor, note, atMs }
    : undefined;
}

function pruned(byId: Map<string, StandingAlarm>): Map<string, StandingAlarm> {
  let over = 0;
  for (const alarm of byId.values()) if (alarm.state === 'normal') over++;
  for (const [alarmId, alarm] of byId) {
    if (over <= OVER_KEPT) break;
    if (alarm.state !== 'normal') continue;
    byId.delete(alarmId);
    over--;
  }
  return byId;
}

/** Shows what was asked before the server answers it. */
export function beginAsk(book: AlarmBook, alarmId: string, asked: Asked): AlarmBook {
  return withAsked(book, alarmId, asked);
}

/** Takes back what was asked: the server refused it, or was not reached, or has answered. */
export function endAsk(book: AlarmBook, alarmId: string): AlarmBook {
  return withAsked(book, alarmId, undefined);
}

function withAsked(book: AlarmBook, alarmId: string, asked: Asked | undefined): AlarmBook {
  const alarm = book.byId.get(alarmId);
  if (alarm === undefined || alarm.asked === asked) return book;
  return { ...book, byId: new Map(book.byId).set(alarmId, { ...alarm, asked }) };
}

/** The state to show: what the operator asked counts as done. */
export function shownState({ state, holds, asked }: StandingAlarm): AlarmState {
  switch (asked) {
    case undefined:
      return state;
    case 'shelve':
      return nextLife({ state, holds }, { event: asked, untilMs: Number.POSITIVE_INFINITY })?.state ?? state;
    case 'remove-from-service':
      return nextLife({ state, holds }, { event: asked, permit: '' })?.state ?? state;
    default:
      return nextLife({ state, holds }, { event: asked })?.state ?? state;
  }
}

export function awaitsAcknowledge(state: AlarmState): boolean {
  return state === 'unacknowledged' || state === 'returned-unacknowledged' || state === 'latched-unacknowledged';
}

/** 1 for red to 4 for blue, as the marks show it. */
export function priorityNumber(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

const STATE_ORDER: Readonly<Record<AlarmState, number>> = {
  unacknowledged: 0,
  'latched-unacknowledged': 1,
  'returned-unacknowledged': 2,
  acknowledged: 3,
  'latched-acknowledged': 4,
  shelved: 5,
  suppressed: 6,
  'out-of-service': 7,
  normal: 8,
};

/** Worst first: priority, then what still waits for a person, then the newest. Total, so that the order is stable. */
export function compareAlarms(a: StandingAlarm, b: StandingAlarm): number {
  return (
    priorityNumber(a.priority) - priorityNumber(b.priority) ||
    STATE_ORDER[shownState(a)] - STATE_ORDER[shownState(b)] ||
    b.raisedAtMs - a.raisedAtMs ||
    (a.alarmId < b.alarmId ? -1 : a.alarmId > b.alarmId ? 1 : 0)
  );
}

/** Alarms that call for a person, of those that are open: what is shelved, suppressed or out of service does not. */
export function announcedOf(open: readonly StandingAlarm[]): StandingAlarm[] {
  return open.filter((alarm) => !isHeld(shownState(alarm)));
}

/** What is held back, of those that are open: the shelf that ends soonest first, then what is out of service, then what is suppressed. */
export function heldOf(open: readonly StandingAlarm[]): StandingAlarm[] {
  const untilMs = ({ holds }: StandingAlarm): number => holds?.shelvedUntilMs ?? Number.POSITIVE_INFINITY;
  return open
    .filter((alarm) => isHeld(shownState(alarm)))
    .sort(
      (a, b) =>
        HELD_ORDER.indexOf(shownState(a)) - HELD_ORDER.indexOf(shownState(b)) ||
        (untilMs(a) === untilMs(b) ? 0 : untilMs(a) - untilMs(b)) ||
        compareAlarms(a, b),
    );
}

/** Held states in the order they are counted and listed: what a person did first. */
export const HELD_ORDER: readonly AlarmState[] = ['shelved', 'out-of-service', 'suppressed'];

/** Alarms that are not over, worst first. */
export function openAlarms(book: AlarmBook): StandingAlarm[] {
  const open: StandingAlarm[] = [];
  for (const alarm of book.byId.values()) if (alarm.state !== 'normal') open.push(alarm);
  return open.sort(compareAlarms);
}

/** The worst open alarm of each sensor. */
export function worstBySensor(open: readonly StandingAlarm[]): Map<string, StandingAlarm> {
  const worst = new Map<string, StandingAlarm>();
  for (const alarm of open) if (!worst.has(alarm.sensorId)) worst.set(alarm.sensorId, alarm);
  return worst;
}
