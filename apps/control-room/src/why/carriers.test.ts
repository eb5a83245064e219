import fc from 'fast-check';
import { carrierRows } from './carriers.js';

const carrier = (sensorId: string, share: number) => ({ sensorId, share, value: 1, expected: null });

test('the sensor that carries most comes first, with the longest bar; what carries nothing is left out', () => {
  const rows = carrierRows([carrier('a', 0.2), carrier('b', 0.7), carrier('c', 0.001), carrier('d', 0.1)], 2);
  expect(rows).toEqual([
    { sensorId: 'b', percent: 70, length: 1, value: 1, expected: null },
    { sensorId: 'a', percent: 20, length: 0.2 / 0.7, value: 1, expected: null },
  ]);
});

test('bars are from nothing to one, whatever the shares', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 16 }), (shares) => {
      const rows = carrierRows(
        shares.map((share, i) => carrier(`s${i}`, share)),
        6,
      );
      expect(rows.length).toBeLessThanOrEqual(6);
      for (const { length } of rows) {
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(1);
      }
    }),
  );
});
