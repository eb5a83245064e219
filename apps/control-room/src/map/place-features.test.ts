import type { LiveSensor } from '@lifeline/contracts';
import type { StandingAlarm } from '../live/alarm-book.js';
import { abnormalFeatures, placeFeatures, placesOf } from './place-features.js';

const sensor = (sensorId: string, change: Partial<LiveSensor> = {}): LiveSensor =>
  ({ sensorId, utility: 'gas', lon: 118.3, lat: 32.3, assetId: 'R-07', stale: false, ...change }) as LiveSensor;
const alarm = (change: Partial<StandingAlarm>): StandingAlarm =>
  ({
    alarmId: 'a',
    sensorId: 'd/p',
    priority: 'orange',
    state: 'unacknowledged',
    position: null,
    ...change,
  }) as StandingAlarm;

test('sensors at one point are one place, which selects their asset', () => {
  const places = placesOf([sensor('d/p'), sensor('d/t'), sensor('e/p', { lon: 118.4 })]);
  const { features } = placeFeatures(places, new Map());
  expect(features.map((feature) => feature.properties.sel)).toEqual(['R-07', 'e/p']);
  expect(features[0]!.properties).toMatchObject({ sensors: 2, abnormal: 0, severity: 0 });
});

test('sensors of several assets at one point select the first sensor', () => {
  const { features } = placeFeatures(placesOf([sensor('d/p'), sensor('e/p', { assetId: 'X' })]), new Map());
  expect(features[0]!.properties.sel).toBe('d/p');
});

test('a place carries its worst alarm and how many of its sensors are abnormal', () => {
  const places = placesOf([sensor('d/p'), sensor('d/t'), sensor('d/u')]);
  const worst = new Map([
    ['d/p', alarm({ priority: 'blue' })],
    ['d/t', alarm({ priority: 'red' })],
  ]);
  expect(placeFeatures(places, worst).features[0]!.properties).toMatchObject({ abnormal: 2, severity: 4 });
});

test('only the worst alarm of a place is drawn', () => {
  const open = [alarm({ priority: 'red' }), alarm({ alarmId: 'b', priority: 'blue' })];
  const { features } = abnormalFeatures(open, new Map([['d/p', sensor('d/p')]]));
  expect(features).toHaveLength(1);
  expect(features[0]!.properties).toMatchObject({ priority: 'red', number: '1', waits: true, hollow: false });
});

test('an alarm of an unknown sensor stands where it says, or nowhere', () => {
  expect(abnormalFeatures([alarm({})], new Map()).features).toEqual([]);
  const placed = abnormalFeatures([alarm({ position: { lon: 1, lat: 2 } })], new Map());
  expect(placed.features[0]!.geometry.coordinates).toEqual([1, 2]);
});

test('what has returned is hollow', () => {
  const open = [alarm({ state: 'returned-unacknowledged', position: { lon: 1, lat: 2 } })];
  expect(abnormalFeatures(open, new Map()).features[0]!.properties).toMatchObject({ hollow: true, waits: true });
});

test('what is held back is a dim mark that calls nobody, and hides nothing that is announced at its place', () => {
  const holds = { active: true, shelvedUntilMs: 9, suppressedBy: null, permit: null };
  const held = alarm({ state: 'shelved', priority: 'red', holds, position: { lon: 1, lat: 2 } });
  const [mark] = abnormalFeatures([held], new Map()).features;
  expect(mark!.properties).toMatchObject({ held: true, hollow: true, waits: false, severity: 0 });
  const loud = alarm({ alarmId: 'b', priority: 'blue', position: { lon: 1, lat: 2 } });
  const together = abnormalFeatures([held, loud], new Map()).features;
  expect(together.map(({ properties }) => properties.priority)).toEqual(['blue']);
});
