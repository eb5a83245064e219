import fc from 'fast-check';
import type { Condition } from '@lifeline/alarms';
import { Bench, sensorWith } from '../testing/builders.js';

const limits = { lowLow: 100, low: 200, high: 400, highHigh: 500, deadband: 10, onDelayS: 30, offDelayS: 20 };

describe('the limit rule', () => {
  it('raises once the value was under the limit for the whole on-delay, at the time the delay ended', () => {
    const bench = new Bench(sensorWith({ limits }));
    bench.read(0, 300).read(10_000, 182).read(20_000, 183);
    expect(bench.heard()).toEqual([]);
    bench.read(45_000, 182);
    expect(bench.conditions[0]?.reason).toEqual({
      en: 'Pressure 182 kPa under the low limit of 200 kPa for 30 s',
      zh: 'Pressure 182 kPa,低于低限 200 kPa,持续 30 s',
    });
    expect(bench.heard()).toEqual(['begin low 40000']);
  });

  it('uses the words of the channel type', () => {
    const bench = new Bench(sensorWith({ type: 'P_LOW', limits: { low: 1.5 } }));
    bench.read(0, 1.414);
    expect(bench.conditions[0]?.reason).toEqual({
      en: 'Regulator outlet pressure 1.41 kPa under the low limit of 1.5 kPa',
      zh: '调压器出口压力 1.41 kPa,低于低限 1.5 kPa',
    });
  });

  it('does not raise for a brief excess', () => {
    const bench = new Bench(sensorWith({ limits }));
    bench.read(0, 450).read(20_000, 450).read(29_000, 390).read(31_000, 450).read(50_000, 450);
    expect(bench.heard()).toEqual([]);
  });

  it('is confirmed by the clock where no later reading comes', () => {
    const bench = new Bench(sensorWith({ limits }));
    bench.tick(0).read(1_000, 450).tick(30_000);
    expect(bench.heard()).toEqual([]);
    bench.tick(31_000);
    expect(bench.heard()).toEqual(['begin high 31000']);
    bench.tick(45_000).read(46_000, 450);
    expect(bench.heard()).toEqual([]);
  });

  it('lets time pass by our clock for a device whose clock is wrong', () => {
    const bench = new Bench(sensorWith({ limits }));
    bench.tick(3_600_000).read(1_000, 450, { arrivedAtMs: 3_600_000 }).tick(3_601_000);
    expect(bench.heard()).toEqual([]);
    bench.tick(3_630_000);
    expect(bench.heard()).toEqual(['begin high 31000']);
  });

  it('clears only under the limit by the deadband, for the whole off-delay', () => {
    const bench = new Bench(sensorWith({ limits: { ...limits, onDelayS: 0 } }));
    bench.read(0, 410);
    expect(bench.heard()).toEqual(['begin high 0']);
    bench.read(10_000, 395).read(60_000, 395).read(70_000, 389).read(80_000, 392).read(90_000, 389).read(100_000, 389);
    expect(bench.heard()).toEqual([]);
    bench.read(115_000, 380);
    expect(bench.heard()).toEqual(['end high 110000']);
  });

  it('worsens at the outer limit and says nothing when it comes back to the inner one', () => {
    const bench = new Bench(sensorWith({ limits: { ...limits, onDelayS: 0 } }));
    bench.read(0, 190).read(10_000, 90).read(20_000, 150).read(30_000, 90);
    expect(bench.heard()).toEqual(['begin low 0', 'worsen low-low 10000']);
  });

  it('ends the one side before it begins the other', () => {
    const bench = new Bench(sensorWith({ limits: { ...limits, onDelayS: 0 } }));
    bench.read(0, 450).read(10_000, 150);
    expect(bench.heard()).toEqual(['begin high 0', 'end high 10000', 'begin low 10000']);
  });

  it('is red at once where people are in danger, and only there', () => {
    const bench = new Bench(
      sensorWith({ type: 'CH4_MH', unit: '%{vol}', limits: { high: 1, highHigh: 2.5, deadband: 0.1, onDelayS: 60 } }),
    );
    bench.read(0, 0.1).read(60_000, 5.2, { reason: 'spike' });
    expect(bench.conditions[0]).toMatchObject({ change: 'begin', limit: 'high-high', limitValue: 5, priority: 'red' });
  });

  it('does not take a lone spike for a passed limit', () => {
    const bench = new Bench(sensorWith({ limits: { high: 400 } }));
    bench.read(0, 300).read(1_000, 450, { reason: 'spike' }).tick(2_000);
    expect(bench.heard()).toEqual([]);
    bench.read(2_500, 455);
    expect(bench.heard()).toEqual(['begin high 1000']);
  });

  it('learns nothing from bad, repeated and late readings', () => {
    const bench = new Bench(sensorWith({ limits: { high: 400 } }));
    bench.read(10_000, 300);
    bench.read(20_000, 999, { reason: 'out-of-range' }).read(10_000, 450, { duplicate: true }).read(5_000, 450);
    expect(bench.heard()).toEqual([]);
    expect(bench.engine.passedOver.late).toBe(1);
  });

  it('ends what is on when its limit is taken away', () => {
    const bench = new Bench(sensorWith({ limits: { high: 400 } }));
    bench.read(1_000, 450).heard();
    bench.engine.putSensor(sensorWith({ limits: { low: 100 } }));
    bench.tick(2_000);
    expect(bench.heard()).toEqual(['end high 1001']);
    bench.read(3_000, 450);
    expect(bench.heard()).toEqual([]);
  });

  it('ends what it was told is on, once the value is back', () => {
    const bench = new Bench(sensorWith({ limits }));
    bench.engine.adopt(1, 'limit', 'low', 500);
    bench.read(1_000, 300).read(30_000, 300);
    expect(bench.heard()).toEqual(['end low 21000']);
  });

  it('does as a plain reading of ISA-18.2 does, for any readings and delays', () => {
    const reading = fc.record({ gapS: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: 50, max: 550 }) });
    const settings = fc.record({
      deadband: fc.constantFrom(0, 10, 60),
      onDelayS: fc.constantFrom(0, 15, 60),
      offDelayS: fc.constantFrom(0, 15, 60),
    });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), settings, (readings, set) => {
        const bench = new Bench(sensorWith({ limits: { high: 400, highHigh: 500, ...set } }));
        let tMs = 0;
        const series = readings.map(({ gapS, value }) => ({ tMs: (tMs += gapS * 1000), value }));
        for (const { tMs: at, value } of series) bench.read(at, value);
        expect(bench.conditions.map(brief)).toEqual(plainHighAlarm(series, { high: 400, highHigh: 500, ...set }));
      }),
      { numRuns: 500 },
    );
  });
});

function brief(condition: Condition): string {
  return `${condition.change} ${condition.limit} ${condition.atMs}`;
}

/** The same rule, said as simply as can be: looks back over all readings each time. */
function plainHighAlarm(
  series: readonly { tMs: number; value: number }[],
  set: { high: number; highHigh: number; deadband: number; onDelayS: number; offDelayS: number },
): string[] {
  const said: string[] = [];
  let on: 'high' | 'high-high' | undefined;
  let from = 0;
  const heldSince = (i: number, holds: (value: number) => boolean) => {
    let k = i;
    while (k >= from && holds(series[k]!.value)) k--;
    return k === i ? undefined : series[k + 1]!.tMs;
  };
  series.forEach(({ tMs }, i) => {
    if (on) {
      const back = heldSince(i, (v) => (set.deadband > 0 ? v <= set.high - set.deadband : v < set.high));
      if (back !== undefined && tMs - back >= set.offDelayS * 1000) {
        said.push(`end high ${back + set.offDelayS * 1000}`);
        on = undefined;
        from = i + 1;
        return;
      }
    }
    const outer = heldSince(i, (v) => v >= set.highHigh);
    const inner = heldSince(i, (v) => v >= set.high);
    if (on !== 'high-high' && outer !== undefined && tMs - outer >= set.onDelayS * 1000) {
      said.push(`${on ? 'worsen' : 'begin'} high-high ${outer + set.onDelayS * 1000}`);
      on = 'high-high';
    } else if (!on && inner !== undefined && tMs - inner >= set.onDelayS * 1000) {
      said.push(`begin high ${inner + set.onDelayS * 1000}`);
      on = 'high';
    }
  });
  return said;
}

describe('the limit rule, after a time in which nobody watched,', () => {
  it('has let no delay run out: the first reading tells', () => {
    for (const [after, heard] of [
      [15, []],
      [25, ['begin high 61000']],
    ] as const) {
      const bench = new Bench(sensorWith({ limits: { high: 20, onDelayS: 60 } }));
      bench.tick(0).read(1_000, 25).tick(2_000);
      // The process was down for two minutes.
      bench.tick(122_000).read(123_000, after).tick(124_000);
      expect(bench.heard()).toEqual(heard);
    }
  });
});
