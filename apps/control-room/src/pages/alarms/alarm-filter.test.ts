import type { Alarm } from '@lifeline/contracts';
import type { StandingAlarm } from '../../live/alarm-book.js';
import { passes, withLiveStates, type AlarmFilter } from './alarm-filter.js';

const alarm = {
  alarmId: 'a',
  sequence: 1,
  sensorId: 'reg-07/pressure',
  assetId: 'R-07',
  sensorName: 'Nanqiao regulator',
  utility: 'gas',
  priority: 'orange',
  state: 'unacknowledged',
  reason: { en: 'Pressure under the low limit', zh: '压力低于下限' },
  acknowledgedBy: null,
  transitions: [{ sequence: 1 }],
} as unknown as Alarm;
const all: AlarmFilter = { state: undefined, priority: undefined, utility: undefined, text: undefined };

test('nothing chosen lets everything pass', () => {
  expect(passes(alarm, all)).toBe(true);
});

test('each choice narrows', () => {
  expect(passes(alarm, { ...all, state: 'acknowledged' })).toBe(false);
  expect(passes(alarm, { ...all, priority: 'red' })).toBe(false);
  expect(passes(alarm, { ...all, utility: 'power' })).toBe(false);
  expect(passes(alarm, { state: 'unacknowledged', priority: 'orange', utility: 'gas', text: 'r-07' })).toBe(true);
});

test('every word must be found, in either language', () => {
  expect(passes(alarm, { ...all, text: 'nanqiao LOW' })).toBe(true);
  expect(passes(alarm, { ...all, text: '压力' })).toBe(true);
  expect(passes(alarm, { ...all, text: 'nanqiao high' })).toBe(false);
});

test('a live transition moves the listed alarm on, once', () => {
  const acknowledged = { ...alarm, sequence: 2, event: 'acknowledge', state: 'acknowledged', actor: 'wei', atMs: 9 };
  const live = new Map([['a', acknowledged as unknown as StandingAlarm]]);
  const [moved] = withLiveStates([alarm], live);
  expect(moved).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'wei', acknowledgedAtMs: 9 });
  expect(moved!.transitions).toHaveLength(2);
  expect(withLiveStates([moved!], live)[0]).toBe(moved);
});

test.each([
  ['new-normal', 'normal', 9],
  ['false-alarm', 'acknowledged', null],
] as const)('a verdict (%s) that comes live acknowledges the listed alarm', (event, state, clearedAtMs) => {
  const judged = { ...alarm, sequence: 2, event, state, actor: 'wei', atMs: 9 };
  const [moved] = withLiveStates(
    [{ ...alarm, clearedAtMs: null }],
    new Map([['a', judged as unknown as StandingAlarm]]),
  );
  expect(moved).toMatchObject({ state, acknowledgedBy: 'wei', acknowledgedAtMs: 9, clearedAtMs });
});
