import type {
  Incident,
  IncidentConclusion,
  IncidentMember,
  LiveIncident,
  Priority,
  Utility,
} from '@lifeline/contracts';
import type { Position } from './place.js';
import type { RuleName, Subject } from './subject.js';
export type { Incident, IncidentAct, IncidentEvent, IncidentMember } from '@lifeline/contracts';

/** One step in the life of an incident; keyed by (incidentId, sequence). */
export type IncidentChange = Readonly<LiveIncident>;
export type IncidentCounts = Incident['counts'];

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
  /** 1 where nobody has acknowledged it, else 0. */
  readonly unacknowledged: number;
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
  openedAtMs: number;
  closedAtMs: number | null;
  /** What a person called it; null: it is named by its alarms. */
  headline: string | null;
  /** Open until a person closes it. */
  staysOpen: boolean;
  /** Not null: a person closed it, and it is closed whatever its alarms do. */
  conclusion: IncidentConclusion | null;
  actSequence: number;
  /** Members that are over and kept as a number only. */
  folded: number;
}

/** An incident as it was kept: it goes on under its name, with its members. */
export interface KeptIncident {
  readonly incident: Incident;
  readonly members: readonly IncidentMember[];
}

/** Where an alarm belongs that has not come yet; null: a person set it apart. */
export interface AwaitedAlarm {
  readonly alarmId: string;
  readonly incidentId: string | null;
  readonly member: IncidentMember | null;
}

/** The whole desk, as plain data for a checkpoint. */
export interface IncidentDeskState {
  readonly version: 1;
  readonly subjects: readonly Subject[];
  readonly incidents: readonly IncidentCore[];
  /** As last told, those that have no alarm any more. */
  readonly emptied: readonly Incident[];
  readonly awaited: readonly AwaitedAlarm[];
  readonly forgotten: { readonly inIncidents: number; readonly alone: number; readonly held: number };
}
