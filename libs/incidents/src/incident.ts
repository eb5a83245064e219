import type { Priority, Utility } from '@lifeline/contracts';
import type { Extent, Position } from './place.js';
import type { RuleName, Subject } from './subject.js';
import type { Words } from './words.js';

/** Alarms that share a cause, as one thing to respond to. Its members come and go by `IncidentChange`. */
export interface Incident {
  /** Deterministic: `incident.` and the id of the alarm that was its first. */
  readonly incidentId: string;
  /** One more each change. */
  readonly sequence: number;
  /** What it is about: the rule that holds it together. */
  readonly kind: RuleName;
  readonly state: 'open' | 'closed';
  /** Where its alarms went, when it is closed because another incident took them. */
  readonly mergedInto: string | null;
  /** Worst of its announced alarms, or of all where none is announced any more. */
  readonly priority: Priority;
  /** Lifeline of the cause. */
  readonly utility: Utility;
  readonly utilities: readonly Utility[];
  readonly causeAssetId: string | null;
  /** Gas where people are: never hidden. */
  readonly isGasLeak: boolean;
  /** The alarm that began it, by measured time. */
  readonly firstOut: Pick<Subject, 'alarmId' | 'sensorId' | 'assetId' | 'sensorName' | 'raisedAtMs'>;
  readonly newestAtMs: number;
  readonly respondWithinMs: number;
  readonly position: Position | null;
  readonly extent: Extent | null;
  readonly district: string | null;
  readonly headline: Words;
  readonly counts: IncidentCounts;
}

export interface IncidentCounts {
  /** All raw alarms that it holds, open or over. */
  readonly members: number;
  /** Not back to normal. */
  readonly open: number;
  readonly announced: number;
  readonly unacknowledged: number;
  readonly assets: number;
  /** Signs of a gas leak among the announced. */
  readonly leakSigns: number;
}

export interface IncidentMember {
  readonly alarmId: string;
  readonly rule: RuleName;
  /** The alarm that it was joined to. */
  readonly to: string;
  readonly why: Words;
}

export const INCIDENT_EVENTS = [
  'opened',
  'joined',
  'left',
  'escalated',
  'merged',
  'closed',
  'reopened',
  'updated',
] as const;
/** `left`: alarms became lines of their own, or went to a stronger cause. `updated`: only its counts moved. */
export type IncidentEvent = (typeof INCIDENT_EVENTS)[number];

/** One step in the life of an incident; keyed by (incidentId, sequence). */
export interface IncidentChange {
  readonly event: IncidentEvent;
  readonly atMs: number;
  readonly incident: Incident;
  readonly joined: readonly IncidentMember[];
  /** Ids of alarms. */
  readonly left: readonly string[];
}

/** An alarm that nothing was joined to: a line of its own. */
export interface LoneAlarm {
  readonly alarmId: string;
  readonly priority: Priority;
  readonly utility: Utility;
  readonly type: string | null;
  readonly assetId: string | null;
  readonly district: string | null;
  readonly sensorName: string;
  readonly isGasLeak: boolean;
  readonly raisedAtMs: number;
  readonly respondWithinMs: number;
  readonly position: Position | null;
}

/** Every raw alarm is in one of these and in one only. */
export interface AlarmAccount {
  /** Alarm ids ever seen. */
  readonly raw: number;
  readonly inIncidents: number;
  readonly alone: number;
  /** Shelved, suppressed or out of service, and in no incident. */
  readonly held: number;
  /** raw less the rest: always 0. */
  readonly lost: number;
}

/** What stays of an incident beside its members; the rest is worked out of them. */
export interface IncidentCore {
  readonly incidentId: string;
  sequence: number;
  kind: RuleName;
  utility: Utility;
  causeAssetId: string | null;
  state: 'open' | 'closed';
  mergedInto: string | null;
  /** Members that are over and kept as a number only. */
  folded: number;
}

/** The whole desk, as plain data for a checkpoint. */
export interface IncidentDeskState {
  readonly version: 1;
  readonly subjects: readonly Subject[];
  readonly incidents: readonly IncidentCore[];
  readonly forgotten: { readonly inIncidents: number; readonly alone: number; readonly held: number };
}
