import { QUALITY_REASONS } from '@lifeline/contracts';
import { DUPLICATE, type ReadingBlock } from '@lifeline/readings';
import type { SeriesKey } from '../port.js';
import { escapeTag, LineProtocol } from './line-protocol.js';

const mark = (reason: (typeof QUALITY_REASONS)[number]) => QUALITY_REASONS.indexOf(reason);

function block(...samples: readonly (readonly [number, number, number, number])[]): ReadingBlock {
  return {
    arrivedAtMs: 0,
    inlet: 'test',
    sensorNo: Uint32Array.from(samples, (s) => s[0]),
    measuredAtMs: Float64Array.from(samples, (s) => s[1]),
    value: Float64Array.from(samples, (s) => s[2]),
    mark: Uint8Array.from(samples, (s) => s[3]),
  };
}

describe('line protocol of readings', () => {
  const key: SeriesKey = { sensorNo: 1, deviceId: 'pump-7', channel: 'pressure', utility: 'gas' };

  it('writes value, mark and time of each reading, and leaves repeats out', () => {
    const lines = new LineProtocol(() => key).lines([
      block([1, 1_690_675_200_000, 312.4, 0], [1, 1_690_675_200_000, 312.4, DUPLICATE]),
      block([1, 1_690_675_201_000, -1e-9, mark('stuck')]),
    ]);
    expect(lines).toEqual([
      'reading,channel=pressure,device=pump-7,utility=gas value=312.4,mark=0i 1690675200000',
      'reading,channel=pressure,device=pump-7,utility=gas value=-1e-9,mark=2i 1690675201000',
    ]);
  });

  it('writes no value field where the value is not a number', () => {
    const lines = new LineProtocol(() => key).lines([
      block([1, 5, NaN, mark('not-a-number')], [1, 6, Infinity, mark('out-of-range')]),
    ]);
    expect(lines).toEqual([
      'reading,channel=pressure,device=pump-7,utility=gas mark=7i 5',
      'reading,channel=pressure,device=pump-7,utility=gas mark=1i 6',
    ]);
  });

  it('keeps readings of a sensor without a name under its number, and takes the name once there is one', () => {
    const registry = new Map<number, SeriesKey>();
    const protocol = new LineProtocol((sensorNo) => registry.get(sensorNo));
    expect(protocol.lines([block([17, 5, 1, 0])])).toEqual([
      'reading,channel=17,device=_unknown,utility=unknown value=1,mark=0i 5',
    ]);
    registry.set(17, { ...key, sensorNo: 17 });
    expect(protocol.lines([block([17, 5, 1, 0])])[0]).toContain('device=pump-7');
  });

  it('escapes what separates tags, and cannot be broken out of', () => {
    expect(escapeTag('a b,c=d')).toBe('a\\ b\\,c\\=d');
    expect(escapeTag('x\ny')).toBe('x_y');
    expect(escapeTag('end\\')).toBe('end_');
  });
});
