import fc from 'fast-check';
import type { AlarmTransition, MaintenanceWindow } from '@lifeline/contracts';
import { createMaintenanceWindows, type MaintenanceWindows } from '../index.js';
import { low, moved, newDesk } from '../testing/builders.js';

const FROM = 10_000;
const TO = 20_000;

function window(over: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    ...{ windowId: 'w1', version: 1, kind: 'repair', worker: 'Li', permit: 'P-12', note: '', coversGasDanger: false },
    scope: { sensorIds: [], deviceIds: ['dev-1'], assetIds: [], areas: [] },
    ...{ fromMs: FROM, toMs: TO, endedAtMs: null },
    ...{ createdBy: 'emil', createdAtMs: 0, changedBy: 'emil', changedAtMs: 0 },
    ...over,
  };
}

const windowsOf = (...given: readonly MaintenanceWindow[]): MaintenanceWindows => {
  const windows = createMaintenanceWindows({
    districtOf: (assetId) => (assetId === 'R-1' ? 'Langya' : null),
    isGasDanger: ({ limit }) => limit?.kind === 'low-low',
  });
  for (const one of given) windows.fold(one);
  return windows;
};
const alarm = (over: Partial<AlarmTransition> = {}): AlarmTransition =>
  ({
    sensorId: 'dev-1/pressure',
    assetId: 'R-1',
    utility: 'gas',
    priority: 'yellow',
    limit: null,
    ...over,
  }) as AlarmTransition;

describe('a maintenance window', () => {
  it('explains alarms from its begin until, but not at, its end, with what it is', () => {
    const windows = windowsOf(window());
    expect([FROM - 1, FROM, TO - 1, TO].map((atMs) => windows.of(alarm(), atMs).length)).toEqual([0, 1, 1, 0]);
    const [one] = windows.of(alarm(), FROM);
    expect(one).toMatchObject({ by: 'maintenance.w1', sinceMs: FROM });
    expect(one!.words).toEqual({
      en: 'Planned work (repair) by Li, permit P-12',
      zh: '计划作业（维修）：Li，工作票 P-12',
    });
  });

  it.each<[string, Partial<MaintenanceWindow['scope']>, number]>([
    ['the sensor', { sensorIds: ['dev-1/pressure'] }, 1],
    ['its device', { deviceIds: ['dev-1'] }, 1],
    ['its asset', { assetIds: ['R-1'] }, 1],
    ['its lifeline in its district', { areas: [{ district: 'Langya', utility: 'gas' }] }, 1],
    ['another lifeline there', { areas: [{ district: 'Langya', utility: 'power' }] }, 0],
    ['another district', { areas: [{ district: 'Nanqiao', utility: 'gas' }] }, 0],
    ['a device whose name begins alike', { deviceIds: ['dev-11', 'dev'] }, 0],
  ])('covers by %s', (_, scope, count) => {
    const all = { sensorIds: [], deviceIds: [], assetIds: [], areas: [], ...scope };
    expect(windowsOf(window({ scope: all })).of(alarm(), FROM)).toHaveLength(count);
  });

  it('never hides a priority-1 alarm of gas, unless it says so itself', () => {
    const danger = alarm({ priority: 'red', limit: { kind: 'low-low', value: 1 } });
    expect(windowsOf(window()).of(danger, FROM)).toEqual([]);
    expect(windowsOf(window()).of({ ...danger, priority: 'orange' }, FROM)).toHaveLength(1);
    expect(windowsOf(window()).of({ ...danger, limit: null }, FROM)).toHaveLength(1);
    expect(windowsOf(window({ coversGasDanger: true })).of(danger, FROM)).toHaveLength(1);
  });

  it('suppresses what stands at its begin and announces what is left at its end, both at the time they fell due', () => {
    const desk = newDesk({ explanations: windowsOf(window()) });
    moved(desk.condition(low('begin', 5000)));
    expect(desk.reviseSuppression(9000)).toEqual([]);
    expect(desk.reviseSuppression(12_345)).toMatchObject([
      { event: 'suppress', state: 'suppressed', atMs: FROM, holds: { suppressedBy: 'maintenance.w1', active: true } },
    ]);
    expect(desk.reviseSuppression(19_999)).toEqual([]);
    expect(desk.reviseSuppression(23_456)).toMatchObject([{ event: 'unsuppress', state: 'unacknowledged', atMs: TO }]);
  });

  it('keeps count of what begins and ends within it, and announces nothing of it', () => {
    const desk = newDesk({ explanations: windowsOf(window()) });
    expect(desk.condition(low('begin', 11_000))).toMatchObject({ event: 'raise', state: 'suppressed' });
    expect(desk.condition(low('end', 12_000))).toMatchObject({ event: 'clear', holds: { active: false } });
    expect(desk.figures).toEqual({ announced: 0, held: 1, folded: 0 });
    expect(desk.reviseSuppression(TO)).toMatchObject([{ event: 'unsuppress', state: 'normal' }]);
  });

  it('goes by the time of the measurement: late readings of the window are of it, late ones from before are not', () => {
    const desk = newDesk({ explanations: windowsOf(window()) });
    expect(desk.condition(low('begin', TO - 1))).toMatchObject({ state: 'suppressed' });
    expect(desk.reviseSuppression(TO + 500)).toMatchObject([{ state: 'unacknowledged', atMs: TO }]);
    expect(desk.condition(low('begin', FROM - 1, { sensorNo: 2 }))).toMatchObject({ state: 'unacknowledged' });
  });

  it('ends early when a person ends it, and an older version that comes again changes nothing', () => {
    const windows = windowsOf(window());
    const desk = newDesk({ explanations: windows });
    moved(desk.condition(low('begin', 11_000)));
    const ended = window({ version: 2, endedAtMs: 15_000, changedAtMs: 15_000 });
    expect([windows.fold(ended), windows.fold(window()), windows.fold(ended)]).toEqual([true, false, false]);
    expect(desk.reviseSuppression(15_800)).toMatchObject([{ event: 'unsuppress', atMs: 15_000 }]);
  });

  it('is forgotten two days after its planned end, not before', () => {
    const windows = windowsOf(window({ version: 2, endedAtMs: 11_000 }));
    windows.forget(TO + 2 * 86_400_000);
    expect(windows.all()).toHaveLength(1);
    windows.forget(TO + 2 * 86_400_000 + 1);
    expect(windows.all()).toEqual([]);
  });
});

describe('whatever the order in which windows and conditions come', () => {
  const version = fc.record({
    windowId: fc.constantFrom('a', 'b'),
    fromMs: fc.integer({ min: 1000, max: 1040 }),
    lengthMs: fc.integer({ min: 1, max: 30 }),
    endedMs: fc.option(fc.integer({ min: 1000, max: 1060 })),
  });
  const versionsOf = fc.array(version, { maxLength: 6 }).map((all) => {
    const count = new Map<string, number>();
    return all.map(({ windowId, fromMs, lengthMs, endedMs }) => {
      const next = (count.get(windowId) ?? 0) + 1;
      count.set(windowId, next);
      return window({ windowId, version: next, fromMs, toMs: fromMs + lengthMs, endedAtMs: endedMs });
    });
  });

  it('the newest version of each counts, told in any order and any number of times', () => {
    fc.assert(
      fc.property(versionsOf, fc.infiniteStream(fc.nat()), fc.integer({ min: 990, max: 1080 }), (all, keys, atMs) => {
        const shuffled = [...all, ...all].map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const plain = windowsOf(...all);
        const other = windowsOf(...shuffled.map(({ one }) => one));
        expect(other.of(alarm(), atMs)).toEqual(plain.of(alarm(), atMs));
        const restored = windowsOf();
        restored.restore(JSON.parse(JSON.stringify(other.all())) as MaintenanceWindow[]);
        for (const one of all) restored.fold(one);
        expect(restored.of(alarm(), atMs)).toEqual(plain.of(alarm(), atMs));
      }),
    );
  });

  it('an alarm is suppressed exactly while its condition is true, or was, within a window; no begin is lost', () => {
    const step = fc.record({
      what: fc.constantFrom('begin' as const, 'end' as const, 'tick' as const),
      afterMs: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), versionsOf, (steps, all) => {
        const desk = newDesk({ explanations: windowsOf(...all) });
        const windows = windowsOf(...all);
        let [atMs, begins] = [1000, 0];
        let active = false;
        for (const { what, afterMs } of steps) {
          atMs += afterMs;
          if (what !== 'tick') {
            const transition = desk.condition(low(what, atMs));
            if (what === 'begin' && !active) begins++;
            if (transition) active = what === 'begin';
          }
          desk.reviseSuppression(atMs);
          const [open] = desk.open();
          const covered = windows.of(alarm(), atMs).length > 0;
          if (active) expect(open?.state).toBe(covered ? 'suppressed' : 'unacknowledged');
          else
            expect(open === undefined || open.state === (covered ? open.state : 'returned-unacknowledged')).toBe(true);
        }
        expect(desk.figures.announced + desk.figures.held).toBe(begins);
      }),
      { numRuns: 300 },
    );
  });
});
