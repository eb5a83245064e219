import type { AlarmTransition, LiveReadings } from '@lifeline/contracts';
import { openAlarms } from '../live/alarm-book.js';
import { Cell } from '../live/cell.js';
import type { City } from '../live/city.js';
import { EMPTY_SENSORS } from '../live/sensor-book.js';
import { ValueBook } from '../live/value-book.js';
import { PastCity } from './past-city.js';
import { PastMachine } from './past-machine.js';
import type { PastSource } from './past-source.js';
import { ShownCity } from './shown-city.js';

const NOW = 1_000_000;

function aCity(): City {
  return {
    alarms: new Cell({ byId: new Map(), lastSequence: undefined, loaded: true }),
    columns: new Cell(undefined),
    states: new Cell(undefined),
    sensors: new Cell(EMPTY_SENSORS),
    assets: new Cell(new Map()),
    health: new Cell(undefined),
    link: new Cell({ kind: 'live', lastEventAtMs: NOW, asOfMs: NOW }),
    values: new ValueBook(),
    watch: () => undefined,
    readSensors: () => Promise.resolve(),
  } as unknown as City;
}

/** A value each second, and an alarm that is raised at 500,000. */
const source: PastSource = {
  snapshot: (atMs) => Promise.resolve({ values: [valueAt(atMs)], alarms: [] }),
  changes: (sinceMs, atMs) =>
    Promise.resolve({
      values: [valueAt(atMs)],
      transitions: sinceMs < 500_000 && atMs >= 500_000 ? [{ ...RAISE }] : [],
      untilMs: atMs,
    }),
};
const valueAt = (atMs: number): LiveReadings['values'][number] => ['d/p', atMs, atMs / 1000, 'good'];
const RAISE = {
  ...{ alarmId: 'a', sequence: 1, sensorId: 'd/p', state: 'unacknowledged', priority: 'red', utility: 'gas' },
  ...{ raisedAtMs: 500_000, atMs: 500_000, holds: null, event: 'raise' },
} as AlarmTransition;

function start(atMs: number, given: PastSource = source) {
  const timers: (() => void)[] = [];
  const seen = { caughtUp: 0, timers };
  const city = new PastCity(aCity());
  const machine = new PastMachine(
    city,
    given,
    {
      nowMs: () => NOW,
      onCaughtUp: () => seen.caughtUp++,
      after: (_ms, act) => {
        timers.push(act);
        return () => void timers.splice(timers.indexOf(act), 1);
      },
    },
    atMs,
  );
  return { machine, city, seen };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('shows the moment, plays on at the speed that was chosen, and an alarm comes when it came', async () => {
  const { machine, city, seen } = start(450_000);
  await settle();
  expect(machine.state.get()).toMatchObject({ atMs: 450_000, isLoading: false, isPlaying: false });
  expect(city.values.get('d/p')?.value).toBe(450);
  machine.setSpeed(30);
  machine.play();
  expect(seen.timers.length).toBe(1);
  seen.timers.shift()!();
  await settle();
  expect(machine.state.get().atMs).toBe(480_000);
  expect(openAlarms(city.alarms.get())).toEqual([]);
  seen.timers.shift()!();
  await settle();
  expect(openAlarms(city.alarms.get()).map((alarm) => alarm.alarmId)).toEqual(['a']);
  machine.pause();
  expect(seen.timers).toEqual([]);
});

test('goes back: what was not yet is gone again', async () => {
  const { machine, city } = start(499_000);
  await settle();
  machine.step(2_000);
  await settle();
  expect(openAlarms(city.alarms.get()).length).toBe(1);
  machine.step(-60_000);
  await settle();
  expect(machine.state.get().atMs).toBe(441_000);
  expect(openAlarms(city.alarms.get())).toEqual([]);
  expect(city.values.get('d/p')?.measuredAtMs).toBe(441_000);
});

test('ends where it has caught up with the present', async () => {
  const { machine, seen } = start(NOW - 500);
  await settle();
  machine.play();
  seen.timers.shift()!();
  await settle();
  expect(seen.caughtUp).toBe(1);
});

test('stands still and says so where the past cannot be read, and goes on from there', async () => {
  let fails = true;
  const { machine } = start(450_000, {
    snapshot: source.snapshot,
    changes: (...asked) => (fails ? Promise.reject(new Error('no history')) : source.changes(...asked)),
  });
  await settle();
  machine.step(1_000);
  await settle();
  expect(machine.state.get()).toMatchObject({ atMs: 450_000, isPlaying: false, fault: new Error('no history') });
  fails = false;
  machine.step(1_000);
  await settle();
  expect(machine.state.get()).toMatchObject({ atMs: 451_000, fault: undefined });
});

test('the newest of two moments that are asked for is shown', async () => {
  const answers: (() => void)[] = [];
  const { machine, city } = start(400_000, {
    snapshot: (atMs) => new Promise((resolve) => answers.push(() => resolve({ values: [valueAt(atMs)], alarms: [] }))),
    changes: source.changes,
  });
  void machine.seek(300_000);
  answers[1]!();
  await settle();
  answers[0]!();
  await settle();
  expect(machine.state.get().atMs).toBe(300_000);
  expect(city.values.get('d/p')?.measuredAtMs).toBe(300_000);
});

test('who watches the shown city is told when another takes its place, and when it moves', () => {
  const [live, past] = [aCity(), aCity()];
  const shown = new ShownCity(live);
  live.values.take({ atMs: 1, values: [['d/p', 100, 1, 'good']] });
  past.values.take({ atMs: 1, values: [['d/p', 50, 2, 'good']] });
  const told: (number | null | undefined)[] = [];
  shown.values.watch('d/p', () => told.push(shown.values.get('d/p')?.value));
  shown.show(past);
  past.values.take({ atMs: 2, values: [['d/p', 60, 3, 'good']] });
  live.values.take({ atMs: 2, values: [['d/p', 110, 4, 'good']] });
  shown.show(undefined);
  expect(told).toEqual([2, 3, 4]);
  let alarms = 0;
  shown.alarms.subscribe(() => alarms++);
  past.alarms.set({ ...past.alarms.get(), loaded: false });
  expect(alarms).toBe(0);
  shown.show(past);
  expect(shown.alarms.get().loaded).toBe(false);
  expect(alarms).toBe(1);
  past.alarms.set({ ...past.alarms.get(), loaded: true });
  expect(alarms).toBe(2);
});
