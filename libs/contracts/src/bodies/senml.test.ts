import { Encoder } from 'cbor-x';
import { ARRIVED_AT_MS, decoded, reasons } from './readings-in-tests.js';

const cbor = new Encoder({ useRecords: false, mapsAsObjects: false, tagUint8Array: false });
const T_S = 1_690_675_200;

describe('SenML as JSON', () => {
  it('resolves base name, time, unit and value until the next of their kind', () => {
    const { rows, rejects } = decoded([
      { bn: 'urn:dev:ow:10e2073a:', bt: T_S, bu: 'kPa', bver: 10 },
      { n: 'inlet', v: 300 },
      { n: 'outlet', v: 120, t: -5 },
      { n: 'temp', v: 21, u: 'Cel', t: 0.5 },
      { bv: 100, n: 'inlet', v: 1, t: 1 },
      { bn: 'other/', n: 'flow', v: 2, t: 2 },
    ]);
    expect(rejects).toEqual([]);
    expect(rows).toEqual([
      ['inlet', T_S * 1000, 300, 'kPa'],
      ['outlet', (T_S - 5) * 1000, 120, 'kPa'],
      ['temp', T_S * 1000 + 500, 21, 'Cel'],
      ['inlet', (T_S + 1) * 1000, 101, 'kPa'],
      ['flow', (T_S + 2) * 1000, 102, 'kPa'],
    ]);
  });

  it('counts times under 2^28 seconds from the arrival', () => {
    expect(
      decoded([
        { n: 'p', v: 1 },
        { n: 'p', v: 2, t: -60 },
      ]).rows,
    ).toEqual([
      ['p', ARRIVED_AT_MS, 1],
      ['p', ARRIVED_AT_MS - 60_000, 2],
    ]);
  });

  it('takes the channel from the base name alone, and behind the last separator', () => {
    expect(decoded([{ bn: 'gas/1/p', v: 1 }]).rows).toEqual([['p', ARRIVED_AT_MS, 1]]);
    expect(decoded([{ bn: 'pressure', v: 1 }]).rows).toEqual([['pressure', ARRIVED_AT_MS, 1]]);
  });

  it('takes truth values as 1 and 0', () => {
    expect(
      decoded([
        { n: 'open', vb: true },
        { n: 'open', vb: false, t: 1 },
      ]).rows.map((row) => row[2]),
    ).toEqual([1, 0]);
  });

  it('rejects texts, data and sums, and keeps the others', () => {
    const { rows, rejects } = decoded([
      { n: 'a', vs: 'x' },
      { n: 'b', vd: 'AA' },
      { n: 'c', s: 5 },
      { n: 'd', v: '1' },
      { n: 'e', v: 2 },
    ]);
    expect(rows.map((row) => row[0])).toEqual(['e']);
    expect(reasons(rejects)).toEqual(['wrong-type', 'wrong-type', 'wrong-type', 'wrong-type']);
  });

  it('rejects a record without a value, or without a name', () => {
    expect(reasons(decoded([{ n: 'a' }]).rejects)).toEqual(['wrong-shape']);
    expect(reasons(decoded([{ v: 1 }]).rejects)).toEqual(['unknown-channel']);
    expect(reasons(decoded([{ bn: 'a/' }]).rejects)).toEqual(['wrong-shape']);
  });

  it.each([
    [{ bver: 11 }, 'wrong-shape'],
    [{ must_: 1 }, 'wrong-shape'],
    [{ bt: 'now' }, 'bad-timestamp'],
    [{ bv: '1' }, 'wrong-type'],
    [{ bn: 4 }, 'wrong-type'],
    [{ bs: 4 }, 'wrong-type'],
  ])('refuses the whole pack over %j', (base, reason) => {
    const { rows, rejects } = decoded([
      { n: 'p', v: 1 },
      { ...base, n: 'q', v: 2 },
    ]);
    expect(rows).toEqual([]);
    expect(reasons(rejects)).toEqual([reason]);
  });

  it('rejects times beyond all bounds', () => {
    expect(reasons(decoded('[{"n":"p","v":1,"t":1e308},{"n":"q","v":1,"t":1e999}]').rejects)).toEqual([
      'bad-timestamp',
      'bad-timestamp',
    ]);
  });
});

describe('SenML as CBOR', () => {
  const pack = [
    new Map<number, unknown>([
      [-2, 'bridge-1/'],
      [-3, T_S],
      [0, 'strain'],
      [1, 'ue'],
      [2, 12.5],
    ]),
    new Map<number, unknown>([
      [0, 'tilt'],
      [2, -3],
      [6, 1],
    ]),
    new Map<number, unknown>([
      [0, 'open'],
      [4, true],
    ]),
  ];
  const rows = [
    ['strain', T_S * 1000, 12.5, 'ue'],
    ['tilt', (T_S + 1) * 1000, -3],
    ['open', T_S * 1000, 1],
  ];

  it('reads integer labels', () => {
    expect(decoded(new Uint8Array(cbor.encode(pack)))).toEqual({ rows, rejects: [] });
  });

  it('reads labels as text, and a body that says what it is', () => {
    const body = cbor.encode([{ n: 'p', v: 1.5 }]);
    expect(decoded(new Uint8Array(body)).rows).toEqual([['p', ARRIVED_AT_MS, 1.5]]);
    expect(decoded(Buffer.concat([Buffer.from([0xd9, 0xd9, 0xf7]), body])).rows).toEqual([['p', ARRIVED_AT_MS, 1.5]]);
  });

  it('reads arrays and maps without a length, half floats and decimal fractions', () => {
    const p = [0x00, 0x61, 0x70, 0x02];
    const half = [0xbf, ...p, 0xf9, 0x3e, 0x00, 0xff];
    const decimal = [0xa2, ...p, 0xc4, 0x82, 0x21, 0x19, 0x6a, 0xb3];
    expect(decoded(Buffer.from([0x9f, ...half, ...decimal, 0xff])).rows.map((row) => row[2])).toEqual([1.5, 273.15]);
  });

  it('rejects NaN by its channel', () => {
    const { rejects } = decoded(Buffer.from([0x81, 0xa2, 0x00, 0x61, 0x70, 0x02, 0xf9, 0x7e, 0x00]));
    expect(rejects).toEqual([
      expect.objectContaining({ reason: 'not-a-number', detail: expect.stringContaining('"p"') }),
    ]);
  });

  it('rejects values that are no number', () => {
    const body = cbor.encode([
      new Map<number, unknown>([
        [0, 'a'],
        [2, [1, [2]]],
      ]),
      new Map<number, unknown>([
        [0, 'b'],
        [8, Buffer.from('x')],
      ]),
      new Map<number, unknown>([
        [0, 'c'],
        [2, 7],
      ]),
    ]);
    const answer = decoded(new Uint8Array(body));
    expect(reasons(answer.rejects)).toEqual(['wrong-type', 'wrong-type']);
    expect(answer.rows.map((row) => row[0])).toEqual(['c']);
  });

  it.each([
    ['that ends too early', [0x82, 0xa1]],
    ['that claims four thousand million records', [0x9a, 0xff, 0xff, 0xff, 0xff]],
    ['that claims 2^63 bytes of text', [0x81, 0xa1, 0x7b, 0x80, 0, 0, 0, 0, 0, 0, 0]],
    ['nested without an end', Array(5000).fill(0x81)],
    ['tagged without an end', [0x81, 0xa1, 0x02, ...Array(5000).fill(0xc1)]],
    ['with bytes behind its end', [0x80, 0x00]],
    ['with a stray break', [0x81, 0xff]],
  ])('rejects a body %s', (_, bytes) => {
    expect(reasons(decoded(Buffer.from(bytes)).rejects)).toContain('malformed-cbor');
  });

  it('rejects a map that stands for an array', () => {
    expect(reasons(decoded(new Uint8Array(cbor.encode({ n: 'p', v: 1 }))).rejects)).toEqual(['wrong-shape']);
  });
});
