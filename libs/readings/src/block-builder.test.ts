import { BlockBuilder, MAX_BLOCK_READINGS } from './block-builder.js';
import { decodeBlock } from './reading-block.js';

describe('the block builder', () => {
  it('gives the readings pushed since the last block, in order', () => {
    const builder = new BlockBuilder();
    for (let i = 0; i < 700; i++) builder.push(i, 1_000 + i, i / 2, i % 9);
    const first = decodeBlock(builder.take(5_000, 'embedded-mqtt'));
    builder.push(7, 8, 9, 1);
    const second = decodeBlock(builder.take(6_000, 'embedded-mqtt'));

    expect(first.arrivedAtMs).toBe(5_000);
    expect(first.inlet).toBe('embedded-mqtt');
    expect([...first.sensorNo]).toEqual(Array.from({ length: 700 }, (_, i) => i));
    expect(first.value[699]).toBe(349.5);
    expect([...second.sensorNo]).toEqual([7]);
    expect([...second.measuredAtMs]).toEqual([8]);
    expect([...first.sensorNo]).toHaveLength(700);
  });

  it('holds no more than its bound', () => {
    const builder = new BlockBuilder();
    for (let i = 0; i < MAX_BLOCK_READINGS; i++) {
      expect(builder.isFull).toBe(false);
      builder.push(1, i, 0, 0);
    }

    expect(builder.isFull).toBe(true);
    expect(() => builder.push(1, 1, 1, 1)).toThrow(RangeError);
    expect(decodeBlock(builder.take(0, 'x')).value).toHaveLength(MAX_BLOCK_READINGS);
    expect(builder.isFull).toBe(false);
  });
});
