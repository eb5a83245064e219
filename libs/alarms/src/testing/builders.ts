import type { AlarmAction, AlarmTransition, Sensor, Verdict } from '@lifeline/contracts';
import { createAlarmDesk, type AlarmDesk, type Condition, type DeskPorts, type Explanations } from '../index.js';

export function sensorOf(sensorNo: number): Sensor {
  return {
    sensorId: `dev-${sensorNo}/pressure`,
    sensorNo,
    deviceId: `dev-${sensorNo}`,
    channel: 'pressure',
    utility: 'gas',
    name: 'Pressure',
    unit: 'kPa',
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 60,
    range: null,
    limits: {},
  };
}

/** A desk over ten sensors. */
export function newDesk(ports: Partial<DeskPorts> = {}): AlarmDesk {
  return createAlarmDesk({ sensor: (no) => (no < 10 ? sensorOf(no) : undefined), ...ports });
}

export function low(change: Condition['change'], atMs: number, over: Partial<Condition> = {}): Condition {
  return {
    sensorNo: 1,
    rule: 'limit',
    change,
    limit: 'low',
    limitValue: 200,
    priority: 'yellow',
    atMs,
    value: 182,
    reason: { en: 'low', zh: '低' },
    ...over,
  };
}
export const lowLow = (change: Condition['change'], atMs: number) =>
  low(change, atMs, { limit: 'low-low', priority: 'orange' });

export function acknowledge(alarmId: string, atMs: number, seenSequence = 1000): AlarmAction {
  return { actionId: `a${atMs}`, alarmId, kind: 'acknowledge', actor: 'li', note: null, atMs, seenSequence };
}

export function judge(alarmId: string, atMs: number, verdict: Verdict, seenSequence = 1000): AlarmAction {
  const actionId = `j${atMs}`;
  return { actionId, alarmId, kind: 'feedback', verdict, actor: 'wei', note: 'so it is', atMs, seenSequence };
}

export function moved(transition: AlarmTransition | undefined | { refused: string }): AlarmTransition {
  if (!transition || 'refused' in transition) throw new Error(`nothing moved: ${JSON.stringify(transition)}`);
  return transition;
}

/** Explanations by a function that names what explains an alarm; each holds since the alarm began, and ends when it is asked. */
export function explainedBy(name: (alarm: AlarmTransition) => string | readonly string[] | undefined): Explanations {
  return {
    of: (alarm) => [name(alarm) ?? []].flat().map((by) => ({ by, words: { en: by, zh: by }, sinceMs: alarm.atMs })),
    endedAtMs: () => null,
    follow: () => undefined,
    forget: () => undefined,
  };
}
