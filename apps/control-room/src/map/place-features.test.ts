import type { StandingAlarm } from '../live/alarm-book.js';
import { abnormalFeatures } from './place-features.js';

const nowhere = () => undefined;
const alarm = (change: Partial<StandingAlarm>): StandingAlarm =>
  ({
    alarmId: 'a',
    sensorId: 'd/p',
    priority: 'orange',
    state: 'unacknowledged',
    position: null,
    ...change,
  }) as StandingAlarm;

test('only the worst alarm of a place is drawn', () => {
  const open = [alarm({ priority: 'red' }), alarm({ alarmId: 'b', priority: 'blue' })];
  const { features } = abnormalFeatures(open, () => ({ lon: 118.3, lat: 32.3 }));
  expect(features).toHaveLength(1);
  expect(features[0]!.properties).toMatchObject({ priority: 'red', number: '1', waits: true, hollow: false });
});

test('an alarm of an unknown sensor stands where it says, or nowhere', () => {
  expect(abnormalFeatures([alarm({})], nowhere).features).toEqual([]);
  const placed = abnormalFeatures([alarm({ position: { lon: 1, lat: 2 } })], nowhere);
  expect(placed.features[0]!.geometry.coordinates).toEqual([1, 2]);
});

test('what has returned is hollow', () => {
  const open = [alarm({ state: 'returned-unacknowledged', position: { lon: 1, lat: 2 } })];
  expect(abnormalFeatures(open, nowhere).features[0]!.properties).toMatchObject({ hollow: true, waits: true });
});

test('what is held back is a dim mark that calls nobody, and hides nothing that is announced at its place', () => {
  const holds = { active: true, shelvedUntilMs: 9, suppressedBy: null, permit: null };
  const held = alarm({ state: 'shelved', priority: 'red', holds, position: { lon: 1, lat: 2 } });
  const [mark] = abnormalFeatures([held], nowhere).features;
  expect(mark!.properties).toMatchObject({ held: true, hollow: true, waits: false, severity: 0 });
  const loud = alarm({ alarmId: 'b', priority: 'blue', position: { lon: 1, lat: 2 } });
  const together = abnormalFeatures([held, loud], nowhere).features;
  expect(together.map(({ properties }) => properties.priority)).toEqual(['blue']);
});
