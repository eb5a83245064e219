import type { AlarmTransition, Asset } from '@lifeline/contracts';
import { contextOf } from '../desk-context.js';
import type { LoneAlarm } from '../incident.js';
import type { IncidentOptions } from '../options.js';
import { awaitsPerson, newSubject, type SensorFacts, type Subject } from '../subject.js';
import { createSupplyGraph } from '../supply-graph.js';
import type { TallyContext } from '../tally.js';

/** What the list's order and its folds go by, of an alarm in no incident. */
export function loneAlarmOf(one: Subject, context: Pick<TallyContext, 'isGasLeak' | 'respondWithinMs'>): LoneAlarm {
  return {
    alarmId: one.alarmId,
    priority: one.priority,
    utility: one.utility,
    type: one.type,
    assetId: one.assetId,
    district: one.district,
    sensorName: one.sensorName,
    isGasLeak: context.isGasLeak(one),
    raisedAtMs: one.raisedAtMs,
    respondWithinMs: context.respondWithinMs(one),
    position: one.position,
    unacknowledged: awaitsPerson(one) ? 1 : 0,
  };
}

/** The same from an alarm as it stands, for a list that is made where no desk is: the page's. */
export function loneAlarms(
  options?: Partial<IncidentOptions>,
): (
  alarm: AlarmTransition,
  sensor: Pick<SensorFacts, 'type'> | undefined,
  asset: Pick<Asset, 'kind' | 'district'> | undefined,
) => LoneAlarm {
  const context = contextOf({ graph: createSupplyGraph([]), sensorOf: () => undefined, ...(options && { options }) });
  return (alarm, sensor, asset) =>
    loneAlarmOf(newSubject(alarm, sensor && { type: sensor.type, gatewayId: null }, asset), context);
}
