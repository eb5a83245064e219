import { MOST_SHELVED } from '@lifeline/alarms';
import type { StandingAlarm } from '../live/alarm-book.js';
import { shelveBar } from './may-shelve.js';

const alarm = (change: Partial<StandingAlarm> = {}): StandingAlarm =>
  ({ utility: 'gas', priority: 'orange', state: 'unacknowledged', holds: null, ...change }) as StandingAlarm;

const may = { mayBeShelved: true };

test('an announced alarm may be shelved', () => {
  expect(shelveBar(alarm(), may, 0)).toBeUndefined();
  expect(shelveBar(alarm({ priority: 'red', utility: 'power' }), may, MOST_SHELVED - 1)).toBeUndefined();
});

test('one whose definition forbids it is never shelved', () => {
  expect(shelveBar(alarm(), { mayBeShelved: false }, 0)).toBe('never');
});

test('what is held or over has nothing to shelve, and there is an end to shelves', () => {
  expect(shelveBar(alarm({ state: 'suppressed' }), may, 0)).toBe('held');
  expect(shelveBar(alarm({ state: 'normal' }), may, 0)).toBe('over');
  expect(shelveBar(alarm(), may, MOST_SHELVED)).toBe('tooMany');
});
