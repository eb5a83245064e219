import type { Alarm, AlarmState, Priority } from '@lifeline/contracts';
import type { Span } from './chart-data.js';

/** What the track under a chart shows of one alarm. */
export interface LaneAlarm extends Span {
  readonly priority: Priority;
  /** When a person acknowledged it. */
  readonly acknowledgedAtMs: readonly number[];
  /** While it was shelved, suppressed (by a maintenance window, for one) or out of service. */
  readonly held: readonly Span[];
}

const HELD: readonly AlarmState[] = ['shelved', 'suppressed', 'out-of-service'];

/** The lives of alarms as the track draws them; what is not over lasts until `nowMs`. */
export function laneOf(alarms: readonly Alarm[], nowMs: number): LaneAlarm[] {
  return alarms.map((alarm) => {
    const { raisedAtMs, clearedAtMs, priority, state, transitions } = alarm;
    const overMs = state === 'normal' ? alarm.atMs : Math.max(raisedAtMs, nowMs);
    const held: { fromMs: number; toMs: number }[] = [];
    transitions.forEach((step, i) => {
      if (!HELD.includes(step.state)) return;
      const toMs = transitions[i + 1]?.atMs ?? overMs;
      const last = held.at(-1);
      if (last !== undefined && last.toMs === step.atMs) last.toMs = toMs;
      else held.push({ fromMs: step.atMs, toMs });
    });
    return {
      fromMs: raisedAtMs,
      toMs: clearedAtMs ?? overMs,
      priority,
      acknowledgedAtMs: transitions.filter((step) => step.event === 'acknowledge').map((step) => step.atMs),
      held,
    };
  });
}

/** Alarms that stood at some time within the window. */
export function withinWindow(alarms: readonly Alarm[], window: Span, nowMs: number): Alarm[] {
  return alarms.filter((alarm) => {
    const toMs = alarm.state === 'normal' ? (alarm.clearedAtMs ?? alarm.atMs) : nowMs;
    return alarm.raisedAtMs < window.toMs && toMs >= window.fromMs;
  });
}
