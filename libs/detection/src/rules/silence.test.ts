import { Bench, sensorWith } from '../testing/builders.js';

const S = 1000;

/** Ticks each second up to and with `untilMs`. */
function watch(bench: Bench, fromMs: number, untilMs: number): Bench {
  for (let t = fromMs; t <= untilMs; t += S) bench.tick(t);
  return bench;
}

describe('the silence rule', () => {
  it('raises after three intervals, at least a minute, and ends with the first reading', () => {
    const bench = new Bench(sensorWith({ intervalS: 30 }));
    bench.tick(0).read(1 * S, 5);
    watch(bench, 2 * S, 90 * S);
    expect(bench.heard()).toEqual([]);
    bench.tick(91 * S);
    expect(bench.conditions[0]?.reason.en).toBe('No reading of Pressure for 90 s');
    expect(bench.heard()).toEqual(['begin stale 91000']);
    watch(bench, 92 * S, 200 * S).read(201 * S, 5);
    expect(bench.heard()).toEqual(['end stale 201000']);
  });

  it('keeps to the silence that the sensor allows itself', () => {
    const bench = new Bench(sensorWith({ limits: { staleAfterS: 5 } }));
    bench.tick(0).read(1 * S, 5);
    watch(bench, 2 * S, 6 * S);
    expect(bench.heard()).toEqual(['begin stale 6000']);
  });

  it('says nothing of a sensor that never reported', () => {
    expect(watch(new Bench(sensorWith()), 0, 600 * S).heard()).toEqual([]);
  });

  it('says nothing of a sensor that reports events', () => {
    const bench = new Bench(sensorWith({ type: 'GVW', unit: 't' }));
    bench.tick(0).read(1 * S, 20);
    expect(watch(bench, 2 * S, 3600 * S).heard()).toEqual([]);
  });

  it('does not count the time in which nobody watched', () => {
    const bench = new Bench(sensorWith());
    bench
      .tick(0)
      .read(1 * S, 5)
      .tick(2 * S);
    bench.tick(3600 * S);
    watch(bench, 3601 * S, 3659 * S);
    expect(bench.heard()).toEqual([]);
    bench.tick(3660 * S);
    expect(bench.heard()).toEqual(['begin stale 3660000']);
  });

  it('takes only bad readings for a fault of the device, not for silence nor for a process alarm', () => {
    const bench = new Bench(sensorWith({ limits: { high: 100 } }));
    bench.tick(0).read(1 * S, 5);
    for (let t = 10 * S; t <= 60 * S; t += 10 * S) bench.tick(t).read(t, 999, { reason: 'out-of-range' });
    expect(bench.heard()).toEqual([]);
    bench.read(70 * S, 999, { reason: 'out-of-range' });
    expect(bench.conditions[0]?.reason.en).toContain('Device fault: the last 7 readings');
    expect(bench.heard()).toEqual(['begin stale 70000']);
    bench.read(80 * S, 5);
    expect(bench.heard()).toEqual(['end stale 80000']);
  });

  it('begins no silence before the end of the one before, where both fall on one arrival', () => {
    const both = [sensorWith({ sensorNo: 1 }), sensorWith({ sensorNo: 2, intervalS: 1, limits: { staleAfterS: 20 } })];
    const bench = new Bench().behind('gw-1', ...both);
    const bad = { reason: 'out-of-range' } as const;
    bench.read(0, 0, bad);
    for (let i = 0; i < 4; i++) bench.read(0, 0, { sensorNo: 2, ...bad });
    bench
      .tick(100_000)
      .tick(120_000)
      .read(120_000, 0, { sensorNo: 2, ...bad });
    expect(bench.heard()).toEqual(['begin stale 120000', 'end stale 120001', 'begin stale 120001']);
  });
});
