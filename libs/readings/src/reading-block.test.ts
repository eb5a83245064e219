import fc from 'fast-check';
import { QUALITY_REASONS } from '@lifeline/contracts';
import {
  blockBytes,
  BlockFormatError,
  decodeBlock,
  DUPLICATE,
  encodeBlock,
  isDuplicate,
  qualityOfMark,
  reasonOfMark,
} from './reading-block.js';

const reading = fc.record({
  sensorNo: fc.integer({ min: 0, max: 4_294_967_295 }),
  measuredAtMs: fc.double({ noDefaultInfinity: true }),
  value: fc.double(),
  mark: fc.integer({ min: 0, max: 255 }),
});
const block = fc
  .record({
    arrivedAtMs: fc.integer({ min: 0, max: 8.64e15 }),
    inlet: fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop-'), maxLength: 15 }),
    readings: fc.array(reading, { maxLength: 70 }),
  })
  .map(({ arrivedAtMs, inlet, readings }) => ({
    arrivedAtMs,
    inlet,
    sensorNo: Uint32Array.from(readings, (r) => r.sensorNo),
    measuredAtMs: Float64Array.from(readings, (r) => r.measuredAtMs),
    value: Float64Array.from(readings, (r) => r.value),
    mark: Uint8Array.from(readings, (r) => r.mark),
  }));

describe('a reading block', () => {
  it('comes back from its bytes as it was', () => {
    fc.assert(fc.property(block, (given) => expect(decodeBlock(encodeBlock(given))).toEqual(given)));
  });

  it('comes back from bytes at any offset of a larger buffer', () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 0, max: 15 }), (given, offset) => {
        const bytes = encodeBlock(given);
        const larger = new Uint8Array(bytes.length + 32);
        larger.set(bytes, offset);
        expect(decodeBlock(larger.subarray(offset, offset + bytes.length))).toEqual(given);
      }),
    );
  });

  it('takes the bytes that blockBytes says', () => {
    fc.assert(
      fc.property(block, (given) => {
        expect(encodeBlock(given).length).toBe(blockBytes(given.value.length));
      }),
    );
  });

  it('is refused where bytes are missing or of another version', () => {
    fc.assert(
      fc.property(block, fc.nat(), (given, cut) => {
        const bytes = encodeBlock(given);
        expect(() => decodeBlock(bytes.subarray(0, cut % bytes.length))).toThrow(BlockFormatError);
      }),
    );
    const other = encodeBlock({
      arrivedAtMs: 0,
      inlet: 'x',
      sensorNo: new Uint32Array(1),
      measuredAtMs: new Float64Array(1),
      value: new Float64Array(1),
      mark: new Uint8Array(1),
    });
    other[0] = 2;
    expect(() => decodeBlock(other)).toThrow(BlockFormatError);
  });

  it('keeps reason and repeat apart in a mark', () => {
    for (const [code, reason] of QUALITY_REASONS.entries()) {
      expect(reasonOfMark(code | DUPLICATE)).toBe(reason);
      expect(isDuplicate(code | DUPLICATE)).toBe(true);
      expect(isDuplicate(code)).toBe(false);
      expect(qualityOfMark(code | DUPLICATE)).toBe(qualityOfMark(code));
    }
  });
});
