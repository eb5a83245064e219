import fc from 'fast-check';
import type { AlarmTransition } from '@lifeline/contracts';
import { acknowledge, explainedBy, low, lowLow, moved, newDesk } from '../testing/builders.js';
import { FLOOD_WINDOW_MS, floodsOf } from './flood.js';
import { measurePerformance } from './performance.js';

const MINUTE = 60_000;
const span = { fromMs: 0, toMs: 120 * MINUTE, operators: 1 };

/** Raises of different sensors at these minutes, one alarm each. */
function raises(...minutes: readonly number[]): AlarmTransition[] {
  return minutes.map((minute, i) => {
    const [one] = [moved(newDesk().condition(low('begin', minute * MINUTE + 1)))];
    return { ...one, alarmId: `a${i}`, sensorId: `s${i}/p` };
  });
}

describe('the performance of the alarm system', () => {
  it('counts announcements by slot, hour and priority, a share for each operator', () => {
    const given = raises(1, 2, 3, 15, 119);
    const one = measurePerformance(given, span);
    expect(one).toMatchObject({ announced: 5, peakPerTenMinutes: 3, shareOfSlotsOver10: 0, standing: 5, stale: 0 });
    expect(one.slots).toEqual([3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(one.averagePerTenMinutes).toBeCloseTo(5 / 12);
    expect(one.byPriority).toEqual({ red: 0, orange: 0, yellow: 5, blue: 0 });
    expect(measurePerformance(given, { ...span, operators: 2 }).peakPerTenMinutes).toBe(1.5);
  });

  it('counts what got worse as asking again, and what nobody is told not at all', () => {
    const desk = newDesk({
      explanations: explainedBy(({ sensorId }) => (sensorId.startsWith('dev-2/') ? 'outage' : undefined)),
    });
    const steps = [
      moved(desk.condition(low('begin', MINUTE))),
      moved(desk.condition(lowLow('worsen', 2 * MINUTE))),
      moved(desk.condition(low('begin', 3 * MINUTE, { sensorNo: 2 }))),
    ];
    expect(measurePerformance(steps, span)).toMatchObject({
      announced: 2,
      standing: 1,
      byPriority: { yellow: 1, orange: 1 },
    });
  });

  it('tells how long people take, and how long alarms last', () => {
    const desk = newDesk();
    const raised = moved(desk.condition(low('begin', MINUTE)));
    const steps = [
      raised,
      moved(desk.act(acknowledge(raised.alarmId, 3 * MINUTE), 3 * MINUTE)),
      moved(desk.condition(low('end', 9 * MINUTE))),
    ];
    expect(measurePerformance(steps, span)).toMatchObject({
      medianToAcknowledgeMs: 2 * MINUTE,
      p95ToAcknowledgeMs: 2 * MINUTE,
      medianToNormalMs: 8 * MINUTE,
      standing: 0,
    });
    expect(measurePerformance([], span)).toMatchObject({ announced: 0, medianToAcknowledgeMs: null, shareOfTopTen: 0 });
  });

  it('finds what chatters and the worst actors', () => {
    const chatter = raises(1, 1, 1, 40).map((one, i) => ({ ...one, sensorId: 'noisy/p', atMs: one.atMs + i * 1000 }));
    const { badActors, chattering, shareOfTopTen } = measurePerformance([...chatter, ...raises(50)], span);
    expect(badActors[0]).toMatchObject({ sensorId: 'noisy/p', announced: 4, chatters: 1 });
    expect([chattering, shareOfTopTen]).toEqual([1, 1]);
  });

  it('counts as stale what has stood for more than a day', () => {
    const [old] = raises(1);
    const day = 24 * 60 * MINUTE;
    expect(measurePerformance([old!], { fromMs: day, toMs: 2 * day, operators: 1 })).toMatchObject({
      announced: 0,
      standing: 1,
      stale: 1,
    });
  });

  it('refuses an empty span and an empty shift', () => {
    expect(() => measurePerformance([], { ...span, toMs: 0 })).toThrow(RangeError);
    expect(() => measurePerformance([], { ...span, operators: 0 })).toThrow(RangeError);
  });
});

describe('floods', () => {
  /** By the definition, looking at every millisecond. */
  function byTheClock(atMs: readonly number[], windowMs: number): [number, number][] {
    const floods: [number, number][] = [];
    let fromMs: number | undefined;
    for (let nowMs = 0; nowMs <= 300; nowMs++) {
      const inWindow = atMs.filter((one) => one <= nowMs && one > nowMs - windowMs).length;
      if (fromMs === undefined && inWindow > 10) fromMs = nowMs;
      else if (fromMs !== undefined && inWindow < 5) {
        floods.push([fromMs, nowMs]);
        fromMs = undefined;
      }
    }
    return floods;
  }

  it('begin at the eleventh announcement in ten minutes and end where fewer than five are left', () => {
    const times = Array.from({ length: 12 }, (_, i) => i * 1000);
    expect(floodsOf(times)).toEqual([{ fromMs: 10_000, toMs: 7000 + FLOOD_WINDOW_MS, alarms: 12 }]);
    expect(floodsOf(times.slice(0, 10))).toEqual([]);
  });

  it('are those that a clock would see', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 80 }), (given) => {
        const scaleMs = FLOOD_WINDOW_MS / 20;
        const sorted = [...given].sort((a, b) => a - b);
        const seen = floodsOf(sorted.map((one) => one * scaleMs));
        expect(seen.map(({ fromMs, toMs }) => [fromMs / scaleMs, toMs / scaleMs])).toEqual(byTheClock(sorted, 20));
      }),
    );
  });
});
