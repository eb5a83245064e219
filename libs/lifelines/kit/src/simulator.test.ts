import fc from 'fast-check';
import type { NewDevice } from '@lifeline/contracts';
import { FaultBook } from './fault-book.js';
import { white } from './noise.js';
import { createSimulator, type Simulator } from './simulator.js';

const START_MS = Date.UTC(2026, 0, 5);

function device(deviceId: string, ...intervals: readonly number[]): NewDevice {
  return {
    deviceId,
    utility: 'gas',
    name: deviceId,
    sensors: intervals.map((intervalS, i) => ({
      channel: `c${i}`,
      unit: 'kPa',
      name: 'x',
      lon: 118,
      lat: 32,
      intervalS,
    })),
  };
}

/** A simulator whose values remember how often the model was carried on. */
function simulator(devices = [device('a', 2, 6), device('b', 5)], faults = new FaultBook()): Simulator {
  let level = 0;
  let advancedMs = START_MS;
  return createSimulator({
    startMs: START_MS,
    devices,
    faults,
    advance: (tMs) => {
      while (advancedMs + 1000 <= tMs) {
        level += 0.01;
        advancedMs += 1000;
      }
    },
    valueOf: (_, sensor) => (tMs) => level + white(sensor.channel.length, tMs),
  });
}

function readings(one: Simulator, until: readonly number[]): string[] {
  const out: string[] = [];
  for (const s of until)
    one.step(START_MS + s * 1000, (sensor, tMs, value) => out.push(`${one.sensors[sensor]!.sensorId} ${tMs} ${value}`));
  return out;
}

describe('a simulator', () => {
  it('gives the same readings however the time is cut into steps', () => {
    const whole = readings(simulator(), [120]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 120, noNaN: true })), (cuts) => {
        const steps = [...cuts.sort((a, b) => a - b), 120];
        expect(readings(simulator(), steps)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('lets every sensor speak within four seconds, and then at its interval', () => {
    const one = simulator([device('a', 2), device('b', 600), device('c', 10, 30)]);
    const first = new Map<number, number>();
    const gaps = new Map<number, Set<number>>();
    const last = new Map<number, number>();
    one.step(START_MS + 3_600_000, (sensor, tMs) => {
      if (!first.has(sensor)) first.set(sensor, tMs - START_MS);
      else gaps.set(sensor, (gaps.get(sensor) ?? new Set()).add(tMs - last.get(sensor)!));
      last.set(sensor, tMs);
    });
    expect(first.size).toBe(one.sensors.length);
    expect(Math.max(...first.values())).toBeLessThanOrEqual(4000);
    one.sensors.forEach(({ intervalMs }, i) => expect([...gaps.get(i)!]).toEqual([intervalMs]));
  });

  it('emits in order of time', () => {
    const times = readings(simulator(), [60]).map((line) => Number(line.split(' ')[1]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('holds a stuck sensor at its last value and silences an offline one', () => {
    const faults = new FaultBook();
    const one = simulator([device('a', 2), device('b', 2)], faults);
    const when = { startMs: START_MS + 20_000, endMs: START_MS + 40_000, parameters: {} };
    one.inject({ kind: 'stuck', target: 'a/c0', ...when });
    one.inject({ kind: 'offline', target: 'b/c0', ...when });
    const stuck = new Set<number>();
    let offline = 0;
    one.step(START_MS + 60_000, (sensor, tMs, value) => {
      if (tMs < when.startMs || tMs >= when.endMs) return;
      if (sensor === 0) stuck.add(value);
      else offline++;
    });
    expect(stuck.size).toBe(1);
    expect(offline).toBe(0);
  });
});
