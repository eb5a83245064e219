import { ALARM_STATES, PRIORITIES, UTILITIES, type AlarmState, type Priority, type Utility } from '@lifeline/contracts';

/** What one sees, as the address says it: a link shows it to another. */
export interface Address {
  /** The selected sensor (`deviceId/channel`), asset or incident (`incident.…`). */
  readonly sel?: string;
  readonly lng?: number;
  readonly lat?: number;
  readonly z?: number;
  /** A chosen span of time, epoch milliseconds. */
  readonly from?: number;
  readonly to?: number;
  /** The past moment that is shown instead of now, epoch milliseconds. */
  readonly at?: number;
  /** The one lifeline that the lists are narrowed to. */
  readonly utility?: Utility;
  readonly state?: AlarmState;
  readonly priority?: Priority;
  readonly q?: string;
  readonly alarm?: string;
  /** Lifelines that the map does not show, in the order of UTILITIES, joined by dots: "gas.power". */
  readonly hide?: string;
  /** The map shows the four-colour risk areas. */
  readonly risk?: 'shown';
  /** The list of alarms that are held back is open. */
  readonly held?: 'shown';
}

/** Reads an address; what makes no sense in it is left out. */
export function readAddress(raw: Readonly<Record<string, unknown>>): Address {
  const address: { -readonly [Key in keyof Address]: Address[Key] } = {};
  const text = (key: 'sel' | 'q' | 'alarm'): void => {
    const value = raw[key];
    if (typeof value === 'string' || typeof value === 'number') address[key] = String(value);
  };
  const number = (key: 'lng' | 'lat' | 'z' | 'from' | 'to' | 'at', low: number, high: number): void => {
    const value = raw[key];
    if (value === undefined || value === '' || value === null) return;
    const parsed = Number(value);
    if (Number.isFinite(parsed) && parsed >= low && parsed <= high) address[key] = parsed;
  };
  text('sel');
  text('q');
  text('alarm');
  number('lng', -180, 180);
  number('lat', -90, 90);
  number('z', 0, 24);
  number('from', 0, 8.64e15);
  number('to', 0, 8.64e15);
  number('at', 0, 8.64e15);
  const utility = oneOf(UTILITIES, raw['utility']);
  if (utility !== undefined) address.utility = utility;
  const state = oneOf(ALARM_STATES, raw['state']);
  if (state !== undefined) address.state = state;
  const hidden = typeof raw['hide'] === 'string' ? raw['hide'].split('.') : [];
  const hide = UTILITIES.filter((known) => hidden.includes(known)).join('.');
  if (hide !== '') address.hide = hide;
  if (raw['risk'] === 'shown') address.risk = 'shown';
  if (raw['held'] === 'shown') address.held = 'shown';
  const priority = oneOf(PRIORITIES, raw['priority']);
  if (priority !== undefined) address.priority = priority;
  if (address.from === undefined || address.to === undefined || address.from >= address.to) {
    delete address.from;
    delete address.to;
  }
  return address;
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

/** What is selected: a sensor's id has a slash, an asset's has none, an incident's says so. */
export type Selected = { readonly kind: 'sensor' | 'asset' | 'incident'; readonly id: string };

export function selectedOf(sel: string | undefined): Selected | undefined {
  if (sel === undefined || sel === '') return undefined;
  if (sel.includes('/')) return { kind: 'sensor', id: sel };
  return { kind: sel.startsWith('incident.') ? 'incident' : 'asset', id: sel };
}
