import type { AlarmDesk, Condition } from '@lifeline/alarms';
import type { AlarmAction, AlarmFeedback, AlarmTransition } from '@lifeline/contracts';
import type { DetectionEngine } from '@lifeline/detection';
import type { KnownSensors } from './known-sensors.js';

export interface Moved {
  readonly desk: AlarmDesk;
  readonly engine: DetectionEngine;
  /** Where the engine puts the conditions that a verdict ends. */
  readonly conditions: Condition[];
  readonly sensors: Pick<KnownSensors, 'numberOf'>;
}

/** Lets the desk take what a person asks, and tells the engine of a verdict; gives the transition where the alarm moves. */
export function takeAction(action: AlarmAction, nowMs: number, moved: Moved): AlarmTransition | undefined {
  const answer = moved.desk.act(action, nowMs);
  const isRefused = 'refused' in answer;
  // Read again after a crash, the desk has the verdict from its own transition, the engine has not.
  if (action.kind === 'feedback' && (!isRefused || answer.refused === 'repeated')) tellEngine(action, moved);
  return isRefused ? undefined : answer;
}

function tellEngine({ alarmId, verdict, atMs }: AlarmFeedback, { desk, engine, conditions, sensors }: Moved): void {
  const alarm = desk.alarm(alarmId);
  const sensorNo = alarm && sensors.numberOf(alarm.sensorId);
  if (!alarm || sensorNo === undefined) return;
  engine.feedback({ sensorNo, rule: alarm.rule, verdict, atMs }, conditions);
}
