import type { NewDevice } from '@lifeline/contracts';
import { FaultBook } from './fault-book.js';
import { createSimulator, type Simulator } from './simulator.js';

const START_MS = Date.UTC(2026, 0, 5);

function device(deviceId: string, gatewayId: string | null, ...types: readonly string[]): NewDevice {
  return {
    deviceId,
    gatewayId,
    utility: 'gas',
    name: deviceId,
    sensors: types.map((type, i) => ({
      channel: `c${i}`,
      type,
      unit: 'kPa',
      name: 'x',
      lon: 118,
      lat: 32,
      intervalS: 2,
    })),
  };
}

const DEVICES = [
  device('a', 'gw-1', 'P_LOW', 'Q_GAS', 'P_LOW'),
  device('b', 'gw-1', 'P_MID'),
  device('c', null, 'P_MID'),
];

/** Sensor i says i × 100. */
function simulator(): Simulator {
  let number = 0;
  return createSimulator({
    startMs: START_MS,
    devices: DEVICES,
    faults: new FaultBook(),
    valueOf: () => {
      const value = number++ * 100;
      return () => value;
    },
  });
}

interface Said {
  readonly sensorId: string;
  readonly tMs: number;
  readonly value: number;
  readonly sentMs: number;
}

function play(kind: string, target: string, parameters: Record<string, number> = {}): Said[] {
  const one = simulator();
  one.inject({ kind, target, startMs: START_MS + 20_000, endMs: START_MS + 40_000, parameters });
  const said: Said[] = [];
  for (let s = 0; s <= 60; s++) {
    const sentMs = START_MS + s * 1000;
    one.step(sentMs, (i, tMs, value) => said.push({ sensorId: one.sensors[i]!.sensorId, tMs, value, sentMs }));
  }
  return said;
}

const within = (said: readonly Said[], sensorId: string, fromS: number, toS: number): Said[] =>
  said.filter(
    (o) => o.sensorId === sensorId && o.sentMs >= START_MS + fromS * 1000 && o.sentMs < START_MS + toS * 1000,
  );

describe('the faults of any sensor', () => {
  it('exchange two of one type, on one device where they can, and no longer than they last', () => {
    const said = play('swap', 'a/c0');
    expect(new Set(within(said, 'a/c0', 22, 40).map(({ value }) => value))).toEqual(new Set([200]));
    expect(new Set(within(said, 'a/c2', 22, 40).map(({ value }) => value))).toEqual(new Set([0]));
    expect(new Set(within(said, 'a/c1', 0, 60).map(({ value }) => value))).toEqual(new Set([100]));
    expect(new Set(within(said, 'a/c0', 42, 60).map(({ value }) => value))).toEqual(new Set([0]));
    expect(new Set(within(play('swap', 'b/c0'), 'b/c0', 22, 40).map(({ value }) => value))).toEqual(new Set([400]));
  });

  it('shift the stated time, of the sensor alone or of its whole device', () => {
    const shifts = (said: readonly Said[], sensorId: string, from: number, to: number): boolean =>
      within(said, sensorId, from, to).every(({ tMs, sentMs }) => tMs - sentMs > 299_000);
    const one = play('clock-shift', 'a/c0', { shiftS: 300 });
    expect(shifts(one, 'a/c0', 21, 40)).toBe(true);
    expect(shifts(one, 'a/c1', 21, 40)).toBe(false);
    expect(shifts(play('clock-shift', 'a', { shiftS: 300 }), 'a/c1', 21, 40)).toBe(true);
  });

  it('let a value drift evenly, by an amount or a share', () => {
    const drifted = within(play('drift', 'a/c2', { size: 10, percent: 5 }), 'a/c2', 21, 40);
    for (const { tMs, value } of drifted) {
      const share = (tMs - START_MS - 20_000) / 20_000;
      expect(value).toBeCloseTo(200 + share * 10 + share * 10, 6);
    }
    expect(drifted.length).toBeGreaterThan(5);
  });

  it('hold back all behind a late gateway, and send it whole and in order when the fault ends', () => {
    const [said, ordinary] = [play('late-gateway', 'b/c0'), play('late-gateway', 'nobody')];
    for (const sensorId of ['a/c0', 'a/c1', 'b/c0']) {
      expect(within(said, sensorId, 21, 40)).toEqual([]);
      const times = said.filter((o) => o.sensorId === sensorId).map(({ tMs }) => tMs);
      expect(times).toEqual(ordinary.filter((o) => o.sensorId === sensorId).map(({ tMs }) => tMs));
    }
    expect(within(said, 'c/c0', 21, 40).length).toBeGreaterThan(5);
  });
});
