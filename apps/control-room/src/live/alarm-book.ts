import { PRIORITIES, type Alarm, type AlarmState, type AlarmTransition, type Priority } from '@lifeline/contracts';

/** An alarm as the list and the map show it: its newest transition, with what an operator asked for and awaits. */
export interface StandingAlarm extends AlarmTransition {
  /** True between the operator's acknowledge and the server's answer. */
  readonly acknowledging: boolean;
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
    byId.set(transition.alarmId, { ...transition, acknowledging: false });
  }
  return byId === undefined ? book : { ...book, byId: pruned(byId) };
}

/** Takes in the list of alarms as REST gives it. */
export function foldAlarms(book: AlarmBook, alarms: Iterable<Alarm>): AlarmBook {
  return foldTransitions(book, alarms);
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

/** Shows an acknowledge before the server answers it. */
export function beginAcknowledge(book: AlarmBook, alarmId: string): AlarmBook {
  return withAcknowledging(book, alarmId, true);
}

/** Takes the acknowledge back: the server refused it, or was not reached. */
export function rollBackAcknowledge(book: AlarmBook, alarmId: string): AlarmBook {
  return withAcknowledging(book, alarmId, false);
}

function withAcknowledging(book: AlarmBook, alarmId: string, acknowledging: boolean): AlarmBook {
  const alarm = book.byId.get(alarmId);
  if (alarm === undefined || alarm.acknowledging === acknowledging) return book;
  return { ...book, byId: new Map(book.byId).set(alarmId, { ...alarm, acknowledging }) };
}

/** The state to show: what the operator asked counts as done. */
export function shownState(alarm: StandingAlarm): AlarmState {
  if (!alarm.acknowledging) return alarm.state;
  if (alarm.state === 'returned-unacknowledged') return 'normal';
  return alarm.state === 'latched-unacknowledged' ? 'latched-acknowledged' : 'acknowledged';
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
