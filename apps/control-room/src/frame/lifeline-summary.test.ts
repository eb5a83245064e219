import type { LiveHealth } from '@lifeline/contracts';
import type { StandingAlarm } from '../live/alarm-book.js';
import { shareOnline, summarise } from './lifeline-summary.js';

const alarm = (change: Partial<StandingAlarm>): StandingAlarm =>
  ({
    utility: 'gas',
    state: 'unacknowledged',
    priority: 'red',
    asked: undefined,
    heldBy: undefined,
    ...change,
  }) as StandingAlarm;

const health: LiveHealth = {
  atMs: 0,
  sensors: 20,
  reporting: 19,
  readingsPerSecond: 1,
  lastArrivalMs: 0,
  waiting: 0,
  byUtility: { gas: { sensors: 10, reporting: 9, unacknowledged: 4, worst: 'orange' } },
};

test('counts from the list where it is loaded', () => {
  const open = [
    alarm({}),
    alarm({ state: 'acknowledged' }),
    alarm({ asked: 'acknowledge' }),
    alarm({ utility: 'power' }),
  ];
  const [gas] = summarise(open, true, health);
  expect(gas).toEqual({ utility: 'gas', worst: 'red', unacknowledged: 1, sensors: 10, reporting: 9 });
});

test('says what the server counts until the list is here', () => {
  const [gas, power] = summarise([], false, health);
  expect(gas).toMatchObject({ worst: 'orange', unacknowledged: 4 });
  expect(power).toEqual({
    utility: 'power',
    worst: undefined,
    unacknowledged: 0,
    sensors: undefined,
    reporting: undefined,
  });
});

test('a hundred per cent is all of them', () => {
  expect(shareOnline(8219, 8220)).toBe(99);
  expect(shareOnline(8220, 8220)).toBe(100);
  expect(shareOnline(0, 0)).toBeUndefined();
});
