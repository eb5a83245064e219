import { Bench, sensorWith } from '../testing/builders.js';

const sensor = (over = {}) => sensorWith({ limits: { ratePerMinute: 6 }, intervalS: 1, ...over });
/** Readings every `everyMs`, with a share of the interval of jitter that repeats. */
function feed(
  bench: Bench,
  everyMs: number,
  seconds: number,
  value: (s: number, i: number) => number,
  startS = 0,
): Bench {
  for (let i = 0, t = startS * 1000; t < (startS + seconds) * 1000; i++, t += everyMs * (1 + 0.3 * Math.sin(i * 7)))
    bench.read(Math.round(t), value(t / 1000, i));
  return bench;
}

const rated = (bench: Bench) => bench.conditions.filter((c) => c.rule === 'rate');

describe('the rate rule', () => {
  it.each([100, 1_000, 7_000, 20_000, 60_000])('finds a ramp that is too steep, read every %d ms', (everyMs) => {
    const bench = feed(
      new Bench(sensor()),
      everyMs,
      900,
      (s) => 50 + (s > 300 && s < 700 ? ((s - 300) * 8) / 60 : s >= 700 ? 53.3 : 0),
    );
    expect(rated(bench)[0]).toMatchObject({ change: 'begin', rule: 'rate', limit: 'rate', limitValue: 6 });
    const perMinute = Number(
      /^Pressure rises by ([\d.]+) kPa a minute, more than 6 kPa$/.exec(rated(bench)[0]?.reason.en ?? '')?.[1],
    );
    expect(perMinute).toBeGreaterThan(6);
    expect(perMinute).toBeLessThan(8.1);
    expect(rated(bench).filter((c) => c.change === 'begin')).toHaveLength(1);
  });

  it('leaves a ramp alone that is not too steep', () => {
    const bench = feed(new Bench(sensor()), 1_000, 900, (s) => 50 - (s * 5) / 60);
    expect(rated(bench)).toEqual([]);
  });

  it('finds a fall, and ends when the value rests', () => {
    const bench = feed(new Bench(sensor()), 1_000, 900, (s) => (s < 300 ? 50 : 40));
    expect(rated(bench).map((c) => c.change)).toEqual(['begin', 'end']);
    expect(rated(bench)[0]?.reason.zh).toContain('每分钟下降');
  });

  it('finds a step between two readings of a slow sensor', () => {
    const bench = feed(new Bench(sensor({ intervalS: 60 })), 60_000, 3600, (s) => (s < 1800 ? 50 : 70));
    expect(rated(bench).map((c) => c.change)).toEqual(['begin', 'end']);
  });

  it.each([1_000, 20_000, 60_000])('is not moved by spikes, alone or repeated, read every %d ms', (everyMs) => {
    const bench = feed(new Bench(sensor()), everyMs, 3600, (s, i) => (i % 5 === 0 ? 90 : i % 2 === 0 ? 10 : 50));
    expect(rated(bench)).toEqual([]);
  });

  it('does not count what was marked a spike', () => {
    const bench = new Bench(sensor());
    for (let t = 0; t < 600; t++) bench.read(t * 1000, t > 300 ? 90 : 50, { reason: t > 300 ? 'spike' : 'none' });
    expect(rated(bench)).toEqual([]);
  });

  it('measures over the time for which the channel type states its rate', () => {
    const methane = sensorWith({ type: 'CH4_MH', unit: '%{vol}', intervalS: 60, limits: { ratePerMinute: 0.1 / 60 } });
    const noise = (i: number) => 0.02 * Math.sin(i * 12.9898);
    const quiet = feed(new Bench(methane), 60_000, 6 * 3600, (_, i) => 0.1 + noise(i));
    expect(rated(quiet)).toEqual([]);
    const rising = feed(new Bench(methane), 60_000, 6 * 3600, (s, i) => 0.1 + noise(i) + (0.3 * s) / 3600);
    expect(rated(rising)[0]?.change).toBe('begin');
  });

  describe('of a sensor that has limits too', () => {
    const limited = () =>
      new Bench(
        sensor({ limits: { low: 30, lowLow: 20, deadband: 1, onDelayS: 15, offDelayS: 30, ratePerMinute: 6 } }),
      );

    it('leaves a fall past the limit, and the way back, to the limit', () => {
      const bench = feed(limited(), 2_000, 1200, (s) => (s > 300 && s < 600 ? 10 + Math.sin(s) : 50 + Math.sin(s)));
      expect(bench.conditions.map((c) => `${c.change} ${c.rule}`)).toEqual(['begin limit', 'end limit']);
    });

    it('leaves a slow way back to the limit as well', () => {
      const level = (s: number) => (s < 300 ? 50 : s < 600 ? 10 : 50 - 40 * Math.exp(-(s - 600) / 20));
      const bench = feed(limited(), 2_000, 1200, level);
      expect(bench.conditions.map((c) => `${c.change} ${c.rule}`)).toEqual(['begin limit', 'end limit']);
    });

    it('finds a change that stays within the limits, and one that comes later than the way back', () => {
      const level = (s: number) => (s > 200 && s < 500 ? 10 : s > 800 ? 40 : 50);
      const bench = feed(limited(), 2_000, 1200, level);
      expect(bench.conditions.map((c) => `${c.change} ${c.rule}`)).toEqual([
        'begin limit',
        'end limit',
        'begin rate',
        'end rate',
      ]);
      expect(rated(bench)[0]!.atMs).toBeGreaterThan(800_000);
    });

    it('lets a rate that was on before the limit was passed go on and end', () => {
      const level = (s: number) => (s < 300 ? 50 : s < 360 ? 50 - (s - 300) / 5 : s < 500 ? 38 : 25);
      const bench = feed(limited(), 2_000, 1200, (s) => (s < 395 ? level(s) : s < 420 ? 38 : 25));
      const heard = bench.conditions.map((c) => `${c.change} ${c.rule}`);
      expect(heard[0]).toBe('begin rate');
      expect(heard).toContain('begin limit');
      expect(heard).toContain('end rate');
      expect(heard.filter((one) => one === 'begin rate')).toHaveLength(1);
    });
  });
});
