import type { StandingAlarm } from '../live/alarm-book.js';
import { freshAlarms } from './fresh-alarms.js';

const alarm = (alarmId: string, change: Partial<StandingAlarm> = {}): StandingAlarm => ({
  alarmId,
  sequence: 1,
  sensorId: 'd/c',
  assetId: null,
  utility: 'gas',
  rule: 'limit',
  event: 'raise',
  state: 'unacknowledged',
  priority: 'orange',
  raisedAtMs: 0,
  atMs: 0,
  value: 1,
  unit: 'kPa',
  limit: null,
  reason: { en: '', zh: '' },
  evidence: null,
  holds: null,
  position: null,
  sensorName: '',
  actor: null,
  note: null,
  asked: undefined,
  heldBy: undefined,
  ...change,
});

test('an alarm is told once', () => {
  const first = freshAlarms([alarm('a')], new Map());
  expect(first.fresh.map(({ alarmId }) => alarmId)).toEqual(['a']);
  expect(freshAlarms([alarm('a'), alarm('b')], first.told).fresh.map(({ alarmId }) => alarmId)).toEqual(['b']);
});

test('an alarm that grows worse is told again', () => {
  const { told } = freshAlarms([alarm('a')], new Map());
  expect(freshAlarms([alarm('a', { priority: 'red' })], told).fresh).toHaveLength(1);
});

test('yellow, blue and what is acknowledged interrupt nobody', () => {
  const quiet = [
    alarm('a', { priority: 'yellow' }),
    alarm('b', { priority: 'blue' }),
    alarm('c', { state: 'acknowledged' }),
  ];
  expect(freshAlarms(quiet, new Map()).fresh).toEqual([]);
});
