import fc from 'fast-check';
import { FrameWalk } from './packet-guard.js';

/** A packet of MQTT with this type and so many bytes behind its fixed header. */
function packet(type: number, length: number): Buffer {
  const head = [type << 4];
  let left = length;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    head.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  // Bytes that look like the head of a huge packet, to be passed over.
  return Buffer.concat([Buffer.from(head), Buffer.alloc(length, 0xff)]);
}

function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

const lengths = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 6 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

describe('the walk over MQTT packets', () => {
  it('lets packets up to the limit through, however they are cut into chunks', () => {
    fc.assert(
      fc.property(lengths, cuts, (sizes, places) => {
        const walk = new FrameWalk();
        const bytes = Buffer.concat(sizes.map((size) => packet(3, size)));
        for (const chunk of chunksOf(bytes, places)) expect(walk.walk(chunk, 40_000)).toBeUndefined();
      }),
    );
  });

  it('finds the packet above the limit behind others, however they are cut into chunks', () => {
    fc.assert(
      fc.property(lengths, cuts, fc.integer({ min: 40_001, max: 268_435_455 }), (sizes, places, claimed) => {
        const walk = new FrameWalk();
        const head = packet(3, claimed > 100_000 ? 0 : claimed).subarray(0, 1);
        const length: number[] = [];
        for (let left = claimed; left > 0; left = Math.floor(left / 128)) {
          length.push((left % 128) | (left >= 128 ? 0x80 : 0));
        }
        const bytes = Buffer.concat([...sizes.map((size) => packet(3, size)), head, Buffer.from(length)]);
        const found = chunksOf(bytes, places).map((chunk) => walk.walk(chunk, 40_000));
        expect(found.filter((each) => each !== undefined)).toEqual([{ bytes: claimed, topic: '' }]);
      }),
    );
  });

  it('names the topic of a PUBLISH that is too large', () => {
    const topic = Buffer.from('lifeline/v1/gas/dev-1/telemetry');
    const head = packet(3, 50_000).subarray(0, 4);
    const chunk = Buffer.concat([head, Buffer.from([0, topic.length]), topic, Buffer.alloc(100)]);
    expect(new FrameWalk().walk(chunk, 40_000)).toEqual({ bytes: 50_000, topic: topic.toString() });
  });
});
