import { MOST_SHELVED } from '@lifeline/alarms';
import type { StandingAlarm } from '../live/alarm-book.js';
import { shelveBar } from './may-shelve.js';

const alarm = (change: Partial<StandingAlarm> = {}): StandingAlarm =>
  ({ utility: 'gas', priority: 'orange', state: 'unacknowledged', holds: null, ...change }) as StandingAlarm;

test('an announced alarm may be shelved', () => {
  expect(shelveBar(alarm(), 0)).toBeUndefined();
  expect(shelveBar(alarm({ priority: 'red', utility: 'power' }), MOST_SHELVED - 1)).toBeUndefined();
});

test('level 1 of gas and bridges is never shelved', () => {
  expect(shelveBar(alarm({ priority: 'red' }), 0)).toBe('levelOne');
  expect(shelveBar(alarm({ priority: 'red', utility: 'bridge' }), 0)).toBe('levelOne');
});

test('what is held or over has nothing to shelve, and there is an end to shelves', () => {
  expect(shelveBar(alarm({ state: 'suppressed' }), 0)).toBe('held');
  expect(shelveBar(alarm({ state: 'normal' }), 0)).toBe('over');
  expect(shelveBar(alarm(), MOST_SHELVED)).toBe('tooMany');
});
