import type { Sensor } from '@lifeline/contracts';
import { Bench, sensorWith } from '../testing/builders.js';

const S = 1000;

/** `devices` devices of two sensors each, numbered from 1, read every `intervalS`. */
function sensorsOf(devices: number, intervalS = 10): Sensor[] {
  return Array.from({ length: devices * 2 }, (_, i) => {
    const device = `dev-${Math.floor(i / 2)}`;
    return sensorWith({ sensorNo: i + 1, deviceId: device, sensorId: `${device}/${i}`, channel: `${i}`, intervalS });
  });
}

/** A second at a time: what each sensor says then, by `speaks`, and the tick. */
function live(bench: Bench, sensors: readonly Sensor[], fromS: number, toS: number, speaks: (no: number) => boolean) {
  for (let s = fromS; s <= toS; s++) {
    for (const { sensorNo, intervalS } of sensors)
      if (s % intervalS === sensorNo % intervalS && speaks(sensorNo)) bench.read(s * S, 5 + (s % 3), { sensorNo });
    bench.tick(s * S);
  }
}

const told = (bench: Bench) => bench.conditions.splice(0).map((c) => `${c.sensorNo} ${c.change}: ${c.reason.en}`);

describe('sensors that fall silent together', () => {
  const sensors = sensorsOf(4);

  it('behind a gateway give one alarm, which names it and how many they are, and ends with the first reading', () => {
    const bench = new Bench().behind('gw-1', ...sensors);
    live(bench, sensors, 0, 60, () => true);
    live(bench, sensors, 61, 300, () => false);
    expect(told(bench)).toEqual(['1 begin: Gateway gw-1 is silent: no reading of its 8 sensors for 60 s']);
    live(bench, sensors, 301, 500, () => true);
    expect(told(bench)).toEqual(['1 end: Gateway gw-1 is heard again']);
  });

  it('of one device give one alarm of the device, while its gateway brings others', () => {
    const bench = new Bench().behind('gw-1', ...sensors);
    live(bench, sensors, 0, 60, () => true);
    live(bench, sensors, 61, 300, (no) => no > 2);
    expect(told(bench)).toEqual(['1 begin: Device dev-0 is silent: no reading of its 2 sensors for 60 s']);
    live(bench, sensors, 301, 400, () => true);
    expect(told(bench)).toEqual(['1 end: Device dev-0 is heard again']);
  });

  it('is not said of a sensor that falls silent alone', () => {
    const bench = new Bench().behind('gw-1', ...sensors);
    live(bench, sensors, 0, 60, () => true);
    live(bench, sensors, 61, 300, (no) => no !== 3);
    expect(told(bench)).toEqual(['3 begin: No reading of Pressure for 60 s']);
    live(bench, sensors, 301, 400, () => true);
    expect(told(bench)).toEqual(['3 end: Readings of Pressure arrive again']);
  });

  it('are counted anew once the gateway is heard: who stays silent raises its own alarm', () => {
    const bench = new Bench().behind('gw-1', ...sensors);
    live(bench, sensors, 0, 60, () => true);
    live(bench, sensors, 61, 200, () => false);
    told(bench);
    live(bench, sensors, 201, 255, (no) => no !== 5);
    expect(told(bench)).toEqual(['1 end: Gateway gw-1 is heard again']);
    live(bench, sensors, 256, 320, (no) => no !== 5);
    expect(told(bench)).toEqual(['5 begin: No reading of Pressure for 60 s']);
  });

  it('speak of another sensor where the one that spoke is taken out or moves to another gateway', () => {
    for (const change of ['remove', 'move'] as const) {
      const bench = new Bench().behind('gw-1', ...sensors);
      live(bench, sensors, 0, 60, () => true);
      live(bench, sensors, 61, 200, () => false);
      told(bench);
      if (change === 'remove') bench.engine.removeSensor(1);
      else bench.behind('gw-2', sensors[0]!);
      live(bench, sensors, 201, 210, () => false);
      expect(told(bench)).toEqual(['2 begin: Gateway gw-1 is silent: no reading of its 7 sensors for 60 s']);
    }
  });

  it('are not told a second time after a start from a checkpoint, and end all the same', () => {
    const bench = new Bench().behind('gw-1', ...sensors);
    live(bench, sensors, 0, 60, () => true);
    live(bench, sensors, 61, 200, () => false);
    const again = new Bench().behind('gw-1', ...sensors);
    again.engine.restore(bench.engine.checkpoint().slice());
    live(again, sensors, 400, 600, () => false);
    expect(told(again)).toEqual([]);
    live(again, sensors, 601, 700, () => true);
    expect(told(again)).toEqual(['1 end: Gateway gw-1 is heard again']);
  });

  it('speak of the same sensor however the ticks fall, so that a repeat is known as one', () => {
    const speakers = [1, 7, 20].map((everyS) => {
      const bench = new Bench();
      for (const sensor of [...sensors].reverse()) bench.behind('gw-1', sensor);
      live(bench, sensors, 0, 60, () => true);
      for (let s = 61; s < 200; s += everyS) bench.tick(s * S);
      return bench.conditions.map((c) => `${c.sensorNo} ${c.change} ${c.atMs}`);
    });
    expect(speakers).toEqual([speakers[0], speakers[0], speakers[0]]);
    expect(speakers[0]).toHaveLength(1);
  });
});
