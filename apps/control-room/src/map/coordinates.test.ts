import { coordinatesIn } from './coordinates.js';

const chuzhou = { lon: 118.316, lat: 32.297 };
const at = { lon: 118.31, lat: 32.3 };

test.each(['118.31, 32.30', '32.3 118.31', '118.31，32.3', '118.31° 32.3°', ' 32.3;118.31 '])(
  '"%s" is a place',
  (text) => {
    expect(coordinatesIn(text, chuzhou)).toEqual(at);
  },
);

test('where both orders are on earth, the nearer to the city is meant', () => {
  expect(coordinatesIn('10, 50', { lon: 11, lat: 48 })).toEqual({ lon: 10, lat: 50 });
  expect(coordinatesIn('50, 10', { lon: 11, lat: 48 })).toEqual({ lon: 10, lat: 50 });
});

test.each(['', '118.31', 'gas-1 2', '200, 300', '1,2,3'])('"%s" is none', (text) => {
  expect(coordinatesIn(text, chuzhou)).toBeUndefined();
});
