import fc from 'fast-check';
import { NumberIndex } from './number-index.js';

describe('the index of sensor numbers', () => {
  it('knows what a map would know, of small numbers and of the largest', () => {
    const sensorNo = fc.oneof(fc.nat(5000), fc.integer({ min: 4_194_300, max: 4_194_310 }), fc.constant(2 ** 32 - 1));
    const change = fc.record({ sensorNo, place: fc.option(fc.nat(1e6)) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const [index, map] = [new NumberIndex(), new Map<number, number>()];
        for (const { sensorNo: no, place } of changes) {
          if (place === null) {
            index.delete(no);
            map.delete(no);
          } else {
            index.set(no, place);
            map.set(no, place);
          }
        }
        for (const { sensorNo: no } of changes) expect(index.get(no)).toBe(map.get(no) ?? -1);
        index.clear();
        for (const { sensorNo: no } of changes) expect(index.get(no)).toBe(-1);
      }),
    );
  });
});
