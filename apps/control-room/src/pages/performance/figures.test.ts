import { TARGETS } from '@lifeline/alarms';
import type { AlarmPerformance } from '@lifeline/contracts';
import { judge, spreadOf, standingOf } from './figures.js';

const performance = (change: Partial<AlarmPerformance> = {}): AlarmPerformance => ({
  ...{ announced: 1000, averagePerTenMinutes: 0.5, peakPerTenMinutes: 10, slots: [], shareOfHoursOver30: 0 },
  ...{ shareOfSlotsOver10: 0, shareInFlood: 0, floods: [], standing: 3, stale: 0, chattering: 0, badActors: [] },
  ...{ byPriority: { red: 5, orange: 45, yellow: 150, blue: 800 }, shareOfTopTen: 0.03, shelved: 0 },
  ...{ medianToAcknowledgeMs: null, p95ToAcknowledgeMs: null, medianToNormalMs: null },
  ...change,
});

test('a figure is well at its target, over it beyond, and too much where people can no longer cope', () => {
  const target = TARGETS.averagePerTenMinutes;
  expect([1, 1.5, 2, 2.1].map((value) => standingOf(value, target))).toEqual(['well', 'over', 'over', 'tooMuch']);
});

test('every figure with a target is judged', () => {
  const judged = judge(performance());
  expect(judged.map(({ figure }) => figure)).toEqual(Object.keys(TARGETS));
  expect(judged.filter(({ standing }) => standing !== 'well').map(({ figure }) => figure)).toEqual(['shareOfTopTen']);
});

test('of a few alarms ten points always hold much, which is no judgement', () => {
  const few = judge(performance({ announced: 12, shareOfTopTen: 1 }));
  expect(few.find(({ figure }) => figure === 'shareOfTopTen')!.standing).toBe('few');
});

test('too many of the worse priorities are told of, and too few of the least are not', () => {
  const byPriority = { red: 100, orange: 300, yellow: 100, blue: 500 };
  const standings = spreadOf(performance({ byPriority })).map(({ standing }) => standing);
  expect(standings).toEqual(['over', 'over', 'well', 'well']);
  expect(spreadOf(performance({ announced: 0 })).every(({ share }) => share === 0)).toBe(true);
});
