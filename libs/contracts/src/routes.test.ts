import { timeSchema } from './route.js';
import { routes } from './routes.js';

describe('a time in a question', () => {
  it.each([
    ['1690675200000', 1_690_675_200_000],
    ['2023-07-30T00:00:00Z', 1_690_675_200_000],
    ['2023-07-30T08:00:00+08:00', 1_690_675_200_000],
    ['2023-07-30T08:00:00 08:00', 1_690_675_200_000],
  ])('%s is understood', (text, expected) => {
    expect(timeSchema.parse(text)).toBe(expected);
  });

  it.each(['yesterday', '2023-07-30T08:00:00', '2023-07-30 08:00:00'])('%s is refused', (text) => {
    expect(timeSchema.safeParse(text).success).toBe(false);
  });
});

it('a box is west, south, east, north', () => {
  const query = routes.listSensors.query;
  expect(query.parse({ bbox: '118,32,119,33' }).bbox).toEqual([118, 32, 119, 33]);
  expect(query.safeParse({ bbox: '119,32,118,33' }).success).toBe(false);
  expect(query.safeParse({ bbox: '1,2,3' }).success).toBe(false);
});
