import { jest } from '@jest/globals';
import { evidenceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createCircumstances, rehearse, sensorsOf, type Fault } from '@lifeline/lifeline-kit';
import { planDrainage } from './plan.js';
import { simulateDrainage } from './simulate.js';
import { watchDrainage } from './watch-drainage.js';

jest.setTimeout(240_000);

const SEED = '7';
const HOUR_MS = 3_600_000;
const city = buildCity(SEED);
const all = planDrainage(city, SEED);
const sourceOf = (deviceId: string) => city.sites.get(deviceId)!.sourceId;
/** A station with several manholes whose inverts lie low, and with low points. */
const STATION = 'drn-pump-03';
const own = all.filter(({ deviceId }) => sourceOf(deviceId) === STATION);
const station = own.filter(({ deviceId }) => deviceId === STATION);
const gauges = all.filter(({ deviceId }) => !deviceId.startsWith('drn-mh'));
const manholes = own.filter(({ deviceId }) => deviceId.startsWith('drn-mh')).map(({ deviceId }) => deviceId);

interface Case {
  readonly startsAt?: string;
  readonly hours: number;
  readonly faults?: readonly Omit<Fault, 'startMs' | 'endMs'>[];
  readonly fromHour?: number;
  readonly toHour?: number;
  readonly intervalScale?: number;
  readonly devices?: typeof all;
  /** A rain over the city, mm/h at its peak, from `fromHour` to `toHour`. */
  readonly rainMmH?: number;
}

function findings(given: Case) {
  const startMs = Date.parse(given.startsAt ?? '2026-03-10T10:00:00+08:00');
  const { weather, demand, inject } = createCircumstances(SEED);
  const startsMs = startMs + (given.fromHour ?? 1) * HOUR_MS;
  const endMs = startMs + (given.toHour ?? given.hours) * HOUR_MS;
  if (given.rainMmH !== undefined)
    inject({ kind: 'rain', target: 'city', startMs: startsMs, endMs, parameters: { peakMmH: given.rainMmH } });
  return rehearse({ simulate: simulateDrainage }, watchDrainage, {
    city,
    devices: given.devices ?? own,
    options: { seed: SEED, startMs, weather, demand, intervalScale: given.intervalScale ?? 1 },
    hours: given.hours,
    faults: (given.faults ?? []).map((fault) => ({ ...fault, startMs: startsMs, endMs })),
  });
}

const changes = (heard: ReturnType<typeof findings>, test: string) =>
  heard.filter((one) => one.test === test).map(({ change }) => change);

describe('the watches of the drains', () => {
  it('leave out what they do not know, and need no properties to be made', () => {
    const bare = city.assets.map((asset) => ({ ...asset, properties: {} }));
    expect(() => watchDrainage(bare, sensorsOf(all))).not.toThrow();
    expect(watchDrainage([], sensorsOf(all))).toEqual([]);
    const ids = watchDrainage(city.assets, sensorsOf(all)).map(({ watchId }) => watchId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(150);
  });

  it.each(['2026-01-12T00:00:00+08:00', '2026-07-10T00:00:00+08:00'])(
    'find nothing in a day of ordinary weather from %s',
    (startsAt) => {
      expect(findings({ hours: 25, devices: all, intervalScale: 10, startsAt })).toEqual([]);
    },
  );

  it('find nothing in a good rain that the drains take', () => {
    expect(findings({ hours: 8, fromHour: 2, toHour: 5, rainMmH: 18, devices: all, intervalScale: 4 })).toEqual([]);
  });

  it('tell that pumps do not lift, with the time left, before the high limit', () => {
    const faults = [{ kind: 'pump-failure', target: STATION, parameters: { inflow: 1.2 } }];
    const heard = findings({ hours: 6, fromHour: 4, toHour: 5, faults, devices: station });
    expect(changes(heard, 'pump-fault')[0]).toBe('begin');
    expect(changes(heard, 'pump-fault').at(-1)).toBe('end');
    const begin = heard.find(({ test }) => test === 'pump-fault')!;
    expect(begin.value).toBeLessThan(3);
    expect(begin.reason.en).toMatch(/the pumps do not lift; high-high in about \d+ min$/);
  });

  it('tell that pumps wear, and that they were mended', () => {
    const faults = [{ kind: 'pump-wear', target: STATION, parameters: { lostShare: 0.4 } }];
    const heard = findings({ hours: 20, fromHour: 6, toHour: 14, faults, devices: station });
    expect(changes(heard, 'pump-wear')).toEqual(['begin', 'end']);
    const lost = heard.find(({ test }) => test === 'pump-wear')!.evidence!.figures.at(-1)!.value;
    expect(lost).toBeGreaterThan(20);
    expect(lost).toBeLessThan(45);
  });

  it('tell a blocked drain by its manhole alone standing high, and where to look', () => {
    const faults = [{ kind: 'blockage', target: manholes[0]!, parameters: { riseS: 900, belowCoverM: 0.3 } }];
    const heard = findings({ hours: 4, fromHour: 2, toHour: 3, faults });
    expect(new Set(heard.map(({ test }) => test))).toEqual(new Set(['blockage']));
    expect(heard.map(({ change }) => change)).toEqual(expect.arrayContaining(['begin', 'worsen', 'end']));
    expect(heard[0]!.sensorId).toBe(`${manholes[0]}/level`);
    expect(heard[0]!.reason.en).toContain('without rain and alone: the drain below it is blocked');
    expect(heard[0]!.evidence!.location!.assetId).toMatch(/^drn-pipe/);
  });

  it('tell a river that flows back from a blockage', () => {
    const heard = findings({
      hours: 6,
      fromHour: 2,
      toHour: 4,
      faults: [{ kind: 'backflow', target: STATION, parameters: {} }],
    });
    // The river itself is told of, too.
    expect(new Set(heard.map(({ test }) => test))).toEqual(new Set(['backflow', 'river-forecast']));
    expect(heard.find(({ test }) => test === 'backflow')!.reason.en).toContain('flows back');
    expect(heard.at(-1)!.change).toBe('end');
  });

  it('forecast that a road floods before it does', () => {
    const heard = findings({ hours: 4, fromHour: 1, toHour: 3.5, rainMmH: 75, devices: gauges, intervalScale: 2 });
    const forecast = heard.filter(({ test }) => test === 'ponding-forecast');
    expect(forecast.length).toBeGreaterThan(5);
    const first = forecast[0]!;
    expect(first.value).toBeLessThan(15);
    expect(first.reason.en).toMatch(/reaches 15 cm in about \d+/);
    // The forecast and what came: when the same gauge passed the next stage.
    const later = forecast.filter(({ sensorId }) => sensorId === first.sensorId);
    expect(later.some(({ priority }) => priority === 'orange')).toBe(true);
  });

  it('say nothing that the page cannot show', () => {
    const heard = findings({
      hours: 3,
      fromHour: 2,
      faults: [
        { kind: 'pump-failure', target: STATION, parameters: {} },
        { kind: 'blockage', target: manholes[1]!, parameters: {} },
        { kind: 'backflow', target: STATION, parameters: {} },
      ],
      rainMmH: 40,
    });
    expect(heard.length).toBeGreaterThan(3);
    for (const { evidence, reason, value, change } of heard) {
      expect(Number.isFinite(value)).toBe(true);
      expect(evidence === null).toBe(change === 'end');
      if (evidence) evidenceSchema.parse(evidence);
      expect(`${reason.en}${reason.zh}`).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
