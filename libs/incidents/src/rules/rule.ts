import type { Asset, Utility } from '@lifeline/contracts';
import type { IncidentOptions } from '../options.js';
import type { RuleName, Subject } from '../subject.js';
import type { SupplyGraph } from '../supply-graph.js';
import type { Words } from '../words.js';

/** What rules may ask. */
export interface RuleContext {
  readonly options: IncidentOptions;
  readonly graph: SupplyGraph;
  readonly assetOf: (assetId: string) => Asset | undefined;
  /** Whether it rains in a catchment; undefined: only its rain gauges' alarms tell. */
  readonly isRaining: (catchmentId: string, atMs: number) => boolean | undefined;
  readonly devicesBehind: (gatewayId: string) => number | undefined;
  readonly gatewayName: (gatewayId: string) => Words;
  readonly districtName: (district: string) => Words;
  readonly isGasLeak: (subject: Subject) => boolean;
  /** Red, or gas: never inside another lifeline's incident. */
  readonly isGrave: (subject: Subject) => boolean;
}

/** That two alarms share a cause. */
export interface Link {
  readonly other: Subject;
  /** Lifeline of the cause. */
  readonly utility: Utility;
  readonly causeAssetId: string | null;
  /** Why the alarm that was asked about belongs to `other`, and the other way round. */
  readonly whySelf: () => Words;
  readonly whyOther: () => Words;
}

export interface CorrelationRule {
  readonly name: RuleName;
  /** Takes the incident of the alarm that it finds, whatever that is about, rather than making its own. */
  readonly follows: boolean;
  /** Under which others find this alarm. */
  keys(subject: Subject, context: RuleContext): readonly string[];
  /** What it shares a cause with, among what is filed under keys. */
  links(subject: Subject, filed: (key: string) => Iterable<Subject>, context: RuleContext): Iterable<Link>;
}

export function isWithin(a: Subject, b: Subject, windowMs: number): boolean {
  return Math.abs(a.raisedAtMs - b.raisedAtMs) <= windowMs;
}

export function nameOf(assetId: string | null, { assetOf }: RuleContext): Words {
  const asset = assetId === null ? undefined : assetOf(assetId);
  return asset
    ? { en: asset.name, zh: asset.nameZh }
    : { en: assetId ?? 'an unknown place', zh: assetId ?? '未知位置' };
}

/** Name of the place of an alarm: its asset's, else its sensor's. */
export function placeOf(subject: Subject, context: RuleContext): Words {
  return subject.assetId === null || !context.assetOf(subject.assetId)
    ? { en: subject.sensorName, zh: subject.sensorName }
    : nameOf(subject.assetId, context);
}

/** All that are not in an incident of this kind yet, and one of each that is: to join it, one link is enough. */
export function* oncePerIncident(subjects: Iterable<Subject>, name: RuleName): Generator<Subject> {
  const seen = new Set<string>();
  for (const subject of subjects) {
    if (subject.joinedBy === name && subject.incidentId !== null) {
      if (seen.has(subject.incidentId)) continue;
      seen.add(subject.incidentId);
    }
    yield subject;
  }
}
