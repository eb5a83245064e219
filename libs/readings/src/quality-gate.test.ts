import fc from 'fast-check';
import { CLOCK_AHEAD_MS, QualityGate, type GatedSensor } from './quality-gate.js';
import { isDuplicate, qualityOfMark, reasonOfMark } from './reading-block.js';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 0, 1);
const sensor: GatedSensor = { sensorNo: 3, type: null, unit: 'kPa', intervalS: 60, range: { low: 0, high: 600 } };

/** Feeds values a minute apart, each at its measured time; gives the reasons. */
function feed(gate: QualityGate, values: readonly number[], from = T0, of: GatedSensor = sensor): string[] {
  return values.map((value, i) => {
    const atMs = from + i * MINUTE;
    return reasonOfMark(gate.mark(of, atMs, value, atMs, undefined));
  });
}

/** A quiet sensor with noise: 300 and up to 1.4 around it. */
function noise(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 300 + Math.sin(i * 1.7) + Math.sin(i * 0.9) * 0.4);
}

describe('the quality gate', () => {
  let gate: QualityGate;
  beforeEach(() => (gate = new QualityGate()));
  const reason = (measuredAtMs: number, value: number, arrivedAtMs = measuredAtMs, unit?: string) =>
    reasonOfMark(gate.mark(sensor, measuredAtMs, value, arrivedAtMs, unit));

  it('finds a plain reading good', () => {
    expect(reason(T0, 312.4)).toBe('none');
  });

  it('finds values outside the instrument’s range bad, and the ends of the range good', () => {
    expect(reason(T0, 600)).toBe('none');
    expect(reason(T0 + 1, 0)).toBe('none');
    expect(reason(T0 + 2, 600.1)).toBe('out-of-range');
    expect(reason(T0 + 3, -0.1)).toBe('out-of-range');
  });

  it('knows no range where the sensor has none', () => {
    expect(reasonOfMark(gate.mark({ ...sensor, range: null }, T0, 1e9, T0, undefined))).toBe('none');
  });

  it('finds what is no number bad', () => {
    expect(reason(T0, NaN)).toBe('not-a-number');
    expect(reason(T0, Infinity)).toBe('not-a-number');
  });

  it('finds another unit than the registered one bad, and a missing unit good', () => {
    expect(reason(T0, 300, T0, 'Pa')).toBe('unit-mismatch');
    expect(reason(T0 + 1, 300, T0 + 1, 'kPa')).toBe('none');
  });

  it('finds a clock wrong that is more than five minutes ahead, or before 2000', () => {
    expect(reason(T0 + CLOCK_AHEAD_MS, 300, T0)).toBe('none');
    expect(reason(T0 + CLOCK_AHEAD_MS + 1, 300, T0)).toBe('clock-future');
    expect(reason(Date.UTC(1999, 11, 31), 300, T0)).toBe('clock-past');
  });

  it('finds a reading late that is older than ten intervals, at least ten minutes', () => {
    expect(reason(T0 - 10 * MINUTE, 300, T0)).toBe('none');
    expect(reason(T0 - 10 * MINUTE - 1, 300, T0)).toBe('late');
    const slow = { ...sensor, sensorNo: 4, intervalS: 300 };
    expect(reasonOfMark(gate.mark(slow, T0 - 50 * MINUTE, 300, T0, undefined))).toBe('none');
    expect(reasonOfMark(gate.mark(slow, T0 - 50 * MINUTE - 1, 300, T0, undefined))).toBe('late');
  });

  it('marks a repeat of sensor and measured time, in any order, and nothing else', () => {
    const times = fc.array(fc.integer({ min: T0, max: T0 + 30 }), { maxLength: 100 });
    fc.assert(
      fc.property(times, fc.double({ min: -900, max: 900, noNaN: true }), (measuredTimes, value) => {
        const fresh = new QualityGate();
        const before = new Set<number>();
        for (const measuredAtMs of measuredTimes) {
          const mark = fresh.mark(sensor, measuredAtMs, value, T0 + 30, undefined);
          expect(isDuplicate(mark)).toBe(before.has(measuredAtMs));
          before.add(measuredAtMs);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('marks a batch of a hundred readings that is sent again', () => {
    const send = () => Array.from({ length: 100 }, (_, i) => gate.mark(sensor, T0 + i, 300, T0 + 200, undefined));

    expect(send().some(isDuplicate)).toBe(false);
    expect(send().every(isDuplicate)).toBe(true);
  });

  it('takes a reading that could not be kept as new when it comes again', () => {
    gate.mark(sensor, T0, 300, T0, undefined);
    gate.forget(sensor.sensorNo, T0);

    expect(isDuplicate(gate.mark(sensor, T0, 300, T0, undefined))).toBe(false);
    expect(isDuplicate(gate.mark(sensor, T0, 300, T0, undefined))).toBe(true);
  });

  it('knows repeats of what it was told to remember', () => {
    gate.remember(sensor.sensorNo, T0);

    expect(isDuplicate(gate.mark(sensor, T0, 300, T0, undefined))).toBe(true);
    expect(isDuplicate(gate.mark(sensor, T0 + 1, 300, T0 + 1, undefined))).toBe(false);
  });

  it('finds a sensor stuck that usually changes and has not for 24 samples', () => {
    feed(gate, noise(100));
    const reasons = feed(
      gate,
      Array.from({ length: 30 }, () => 301.25),
      T0 + 100 * MINUTE,
    );

    expect(reasons.slice(0, 23)).not.toContain('stuck');
    expect(reasons.slice(23)).toEqual(Array.from({ length: 7 }, () => 'stuck'));
    expect(feed(gate, [300.5], T0 + 130 * MINUTE)).toEqual(['none']);
  });

  it('does not find a sensor stuck that never changed, changes in coarse steps, or rests at zero', () => {
    const never = feed(
      gate,
      Array.from({ length: 100 }, () => 5),
    );
    const coarse = feed(
      gate,
      Array.from({ length: 400 }, (_, i) => 20 + Math.floor(i / 12) / 10),
      T0,
      { ...sensor, sensorNo: 8 },
    );
    const rest = feed(gate, [...noise(50), ...Array.from({ length: 100 }, () => 0)], T0, { ...sensor, sensorNo: 9 });

    for (const reasons of [never, coarse, rest]) expect(reasons).not.toContain('stuck');
  });

  it('finds a single value far away a spike, and the sensor good once it is back', () => {
    feed(gate, noise(60));

    expect(feed(gate, [420, ...noise(20)], T0 + 60 * MINUTE)).toEqual(['spike', ...noise(20).map(() => 'none')]);
  });

  it('finds a level that moved no more than one spike', () => {
    feed(gate, noise(60));
    const moved = noise(20).map((value) => value + 120);

    const reasons = feed(gate, moved, T0 + 60 * MINUTE);

    expect(reasons[0]).toBe('spike');
    expect(reasons.slice(1)).toEqual(moved.slice(1).map(() => 'none'));
  });

  it('finds neither spike nor stuck where the catalogue says that the type reports events', () => {
    const weights = [...noise(60), 420, ...Array.from({ length: 40 }, () => 12.5)];
    const scales: GatedSensor = { ...sensor, type: 'GVW' };

    expect(new Set(feed(gate, weights, T0, scales))).toEqual(new Set(['none']));
    expect(feed(new QualityGate(), weights)).toEqual(expect.arrayContaining(['spike', 'stuck']));
  });

  it('finds no spike in noise or in a slow rise', () => {
    expect(feed(gate, noise(500))).not.toContain('spike');
    const rise = noise(300).map((value, i) => value / 3 + i * 0.5);
    expect(feed(gate, rise, T0, { ...sensor, sensorNo: 5 })).not.toContain('spike');
  });

  it('gives a mark that depends on no reading after it', () => {
    const values = [...noise(40), 420, ...noise(30).map((value) => value + 100)];
    const whole = feed(new QualityGate(), values);

    for (const length of [10, 40, 41, 42, 60]) {
      expect(feed(new QualityGate(), values.slice(0, length))).toEqual(whole.slice(0, length));
    }
  });

  it('learns nothing from bad readings', () => {
    const withBad = new QualityGate();
    const reasons = noise(80).map((value, i) => {
      withBad.mark(sensor, T0 + i * MINUTE + 1, 1e6, T0 + i * MINUTE + 1, undefined);
      return qualityOfMark(withBad.mark(sensor, T0 + i * MINUTE, value, T0 + i * MINUTE, undefined));
    });

    expect(new Set(reasons)).toEqual(new Set(['good']));
  });
});
