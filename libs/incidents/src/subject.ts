import { isActive, isHeld } from '@lifeline/alarms';
import type {
  AlarmLimit,
  AlarmRule,
  AlarmState,
  AlarmTransition,
  Asset,
  IncidentKind,
  Priority,
  Utility,
} from '@lifeline/contracts';
import type { AlarmSign } from './options.js';
import type { Position } from './place.js';
import type { Words } from './words.js';

/** The rules, the strongest first; also what an incident is about. */
export type RuleName = IncidentKind;

/** What the rules know of one alarm, as plain data. */
export interface Subject {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly sensorName: string;
  readonly assetId: string | null;
  readonly assetKind: Asset['kind'] | null;
  readonly district: string | null;
  readonly utility: Utility;
  readonly rule: AlarmRule;
  /** Channel type of the catalogue. */
  readonly type: string | null;
  readonly deviceId: string;
  readonly gatewayId: string | null;
  readonly position: Position | null;
  readonly raisedAtMs: number;
  sequence: number;
  state: AlarmState;
  isActive: boolean;
  priority: Priority;
  limit: AlarmLimit | null;
  test: string | null;
  /** Asset that the evidence points to, e.g. the pipe that leaks. */
  locatedOn: string | null;
  clearedAtMs: number | null;
  /** The operator was told of it at some time. */
  wasAnnounced: boolean;
  /** Null: a line of its own, or held back and never told. */
  incidentId: string | null;
  joinedBy: RuleName | null;
  /** The alarm that it was joined to. */
  joinedTo: string | null;
  why: Words | null;
}

/** Facts of the registry about a sensor. */
export interface SensorFacts {
  readonly type: string | null;
  readonly gatewayId: string | null;
}

export function newSubject(
  of: AlarmTransition,
  sensor: SensorFacts | undefined,
  asset: Pick<Asset, 'kind' | 'district'> | undefined,
): Subject {
  const slash = of.sensorId.lastIndexOf('/');
  const subject: Subject = {
    alarmId: of.alarmId,
    sensorId: of.sensorId,
    sensorName: of.sensorName,
    assetId: of.assetId,
    assetKind: asset?.kind ?? null,
    district: asset?.district ?? null,
    utility: of.utility,
    rule: of.rule,
    type: sensor?.type ?? null,
    deviceId: slash < 0 ? of.sensorId : of.sensorId.slice(0, slash),
    gatewayId: sensor?.gatewayId ?? null,
    position: of.position,
    raisedAtMs: of.raisedAtMs,
    sequence: 0,
    state: 'normal',
    isActive: false,
    priority: of.priority,
    limit: null,
    test: null,
    locatedOn: null,
    clearedAtMs: null,
    wasAnnounced: false,
    incidentId: null,
    joinedBy: null,
    joinedTo: null,
    why: null,
  };
  update(subject, of);
  return subject;
}

export function update(subject: Subject, of: AlarmTransition): void {
  subject.sequence = of.sequence;
  subject.state = of.state;
  subject.isActive = isActive(of);
  subject.wasAnnounced ||= isAnnounced(of);
  subject.priority = of.priority;
  // What ends a condition names the limit it came back over; what the alarm is about stays.
  if (of.event !== 'clear' || subject.limit === null) subject.limit = of.limit?.kind ?? null;
  subject.test = of.evidence?.test ?? null;
  subject.locatedOn = of.evidence?.location?.assetId ?? null;
  subject.clearedAtMs = subject.isActive ? null : of.event === 'clear' ? of.atMs : subject.clearedAtMs;
}

/** The operator is told of it: neither over nor held back. */
export function isAnnounced({ state }: Pick<Subject, 'state'>): boolean {
  return state !== 'normal' && !isHeld(state);
}

/** Announced, and nobody has acknowledged it. */
export function awaitsPerson(subject: Pick<Subject, 'state'>): boolean {
  return isAnnounced(subject) && subject.state !== 'acknowledged' && subject.state !== 'latched-acknowledged';
}

export function isStale({ limit, rule }: Subject): boolean {
  return rule === 'stale' || limit === 'stale';
}

export function hasSign(subject: Subject, signs: readonly AlarmSign[]): boolean {
  return signs.some(
    ({ utility, types, limits, tests, kinds }) =>
      (!utility || utility === subject.utility) &&
      (!types || (subject.type !== null && types.includes(subject.type))) &&
      (!limits || (subject.limit !== null && limits.includes(subject.limit))) &&
      (!tests || (subject.test !== null && tests.includes(subject.test))) &&
      (!kinds || (subject.assetKind !== null && kinds.includes(subject.assetKind))) &&
      !(isStale(subject) && !limits?.includes('stale')),
  );
}
