import type { Asset } from '@lifeline/contracts';
import type { GroundTruth } from '../scenario/ground-truth.js';
import type { Occurrence } from './arrange.js';
import type { TrialAlarm } from './trial.js';

/** A fault that had to be found, and what came of it. */
export interface Judged {
  readonly occurrence: Occurrence;
  readonly truth: GroundTruth;
  /** The first alarm that pointed at it in time; undefined: missed. */
  readonly alarm: TrialAlarm | undefined;
  /** From the start of the fault until it was told; where it was missed, all the time it had. */
  readonly delayS: number;
  /** Distance from the truth as a share of the segment's length, of the place that was told as the most certain; NaN: none was told. */
  readonly positionError: number;
}

export interface Judgement {
  readonly judged: readonly Judged[];
  /** Alarms with no cause. */
  readonly falseAlarms: readonly FalseAlarm[];
}

export interface FalseAlarm {
  readonly alarm: TrialAlarm;
  /** The ordinary event in whose time and zone it came; undefined: nothing was going on there. */
  readonly during: Occurrence | undefined;
}

/** Carriers of a smaller share only accompany the finding. */
const LEAST_SHARE = 0.15;

/**
 * Holds alarms against the ground truth. An alarm points at a fault where its sensor, a sensor that carries its evidence, or the
 * asset of its location belongs to the fault's zone, from its start until it has settled; all others are false.
 */
export function judge(
  alarms: readonly TrialAlarm[],
  occurrences: readonly Occurrence[],
  assets: ReadonlyMap<string, Asset>,
): Judgement {
  const judged: Judged[] = [];
  const explained = new Set<TrialAlarm>();
  for (const occurrence of occurrences) {
    if (occurrence.scenario.expectsNothing) continue;
    const its = alarms.filter((alarm) => isIn(alarm, occurrence) && pointsInto(alarm, occurrence.zone, occurrence));
    for (const alarm of its) explained.add(alarm);
    for (const truth of occurrence.truths) {
      if (truth.expects.length > 0) judged.push(judgeOne(occurrence, truth, its, assets));
    }
  }
  const quiet = occurrences.filter(({ scenario }) => scenario.expectsNothing);
  const falseAlarms: FalseAlarm[] = [];
  for (const alarm of alarms) {
    if (alarm.change !== 'begin' || explained.has(alarm)) continue;
    const during = quiet.find((one) => isIn(alarm, one) && one.zone.has(alarm.sensorId));
    if (during?.scenario.tolerates.includes(alarm.rule)) continue;
    falseAlarms.push({ alarm, during });
  }
  return { judged, falseAlarms };
}

function isIn(alarm: TrialAlarm, { startMs, settledMs }: Occurrence): boolean {
  return alarm.toldMs >= startMs && alarm.toldMs <= settledMs;
}

function pointsInto({ sensorId, evidence }: TrialAlarm, zone: ReadonlySet<string>, { truths }: Occurrence): boolean {
  if (zone.has(sensorId)) return true;
  if (!evidence) return false;
  if (evidence.carriers.some((carrier) => carrier.share >= LEAST_SHARE && zone.has(carrier.sensorId))) return true;
  return truths.some(({ assetId }) => evidence.location?.assetId === assetId);
}

function judgeOne(
  occurrence: Occurrence,
  truth: GroundTruth,
  alarms: readonly TrialAlarm[],
  assets: ReadonlyMap<string, Asset>,
): Judged {
  const { fault, expects } = truth;
  const byMs = Math.max(...expects.map((one) => one.byMs));
  const inTime = alarms.filter(
    (alarm) => alarm.toldMs >= fault.startMs && alarm.toldMs <= byMs && pointsInto(alarm, truth.zone, occurrence),
  );
  const alarm = inTime[0];
  return {
    occurrence,
    truth,
    alarm,
    delayS: ((alarm?.toldMs ?? byMs) - fault.startMs) / 1000,
    positionError: positionErrorOf(truth, inTime, assets),
  };
}

function positionErrorOf(
  { event, assetId }: GroundTruth,
  alarms: readonly TrialAlarm[],
  assets: ReadonlyMap<string, Asset>,
): number {
  if (event.position === undefined) return NaN;
  const lengthM = assets.get(assetId)?.properties['lengthM'];
  const places = alarms.flatMap(({ evidence }) => (evidence?.location ? [evidence.location] : []));
  // Where two are as certain, the newer.
  const located = places.toSorted(
    (a, b) => a.uncertaintyM - b.uncertaintyM || places.indexOf(b) - places.indexOf(a),
  )[0];
  if (!located || typeof lengthM !== 'number') return NaN;
  // On another segment: as wrong as it can be on this one.
  if (located.assetId !== assetId) return 1;
  return Math.min(1, Math.abs(located.alongM / lengthM - event.position));
}
