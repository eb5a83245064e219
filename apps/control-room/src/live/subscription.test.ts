import { subscriptionFor, type Placed } from './subscription.js';

const places = new Map<string, Placed>([
  ['in/1', { lon: 1, lat: 1 }],
  ['in/2', { lon: 2, lat: 2 }],
  ['out/1', { lon: 9, lat: 9 }],
]);

test('watches nothing where nothing is on the screen', () => {
  expect(subscriptionFor(undefined, [], places)).toBeUndefined();
});

test('the map alone subscribes by its box', () => {
  expect(subscriptionFor([0, 0, 5, 5], [], places)).toEqual({ bbox: [0, 0, 5, 5] });
});

test('a selected sensor inside the view adds nothing', () => {
  expect(subscriptionFor([0, 0, 5, 5], ['in/1'], places)).toEqual({ bbox: [0, 0, 5, 5] });
});

test('a selected sensor outside the view is named with those inside', () => {
  const subscription = subscriptionFor([0, 0, 5, 5], ['out/1'], places);
  expect(subscription).toEqual({ sensorIds: ['out/1', 'in/1', 'in/2'] });
});

test('where too many would be named the box is stretched instead', () => {
  const many = new Map(places);
  for (let i = 0; i < 1200; i++) many.set(`m/${i}`, { lon: 3, lat: 3 });
  expect(subscriptionFor([0, 0, 5, 5], ['out/1'], many)).toEqual({ bbox: [0, 0, 9, 9] });
});
