import type { Incident, LiveIncident, Priority, Utility } from '@lifeline/contracts';
import type { Position } from './place.js';
import type { RuleName, Subject } from './subject.js';
export type { Incident, IncidentEvent, IncidentMember } from '@lifeline/contracts';

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
