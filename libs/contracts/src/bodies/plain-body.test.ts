import { MAX_BODY_BYTES } from './limits.js';
import { ARRIVED_AT_MS, decoded, reasons } from './readings-in-tests.js';

const TS = 1_690_675_200_000;

describe('a plain body', () => {
  it('gives one reading a channel at its time', () => {
    expect(decoded({ ts: TS, values: { pressure: 312.4, ch4: 0.2 } })).toEqual({
      rows: [
        ['pressure', TS, 312.4],
        ['ch4', TS, 0.2],
      ],
      rejects: [],
    });
  });

  it('takes the time of arrival where it names none', () => {
    expect(decoded({ values: { p: 1 } }).rows).toEqual([['p', ARRIVED_AT_MS, 1]]);
  });

  it('reads ISO 8601 with an offset', () => {
    for (const ts of [
      '2023-07-30T08:00:00+08:00',
      '2023-07-30T00:00:00Z',
      '2023-07-30 00:00:00.000z',
      '2023-07-30T00:00Z',
    ]) {
      expect(decoded({ ts, values: { p: 1 } }).rows).toEqual([['p', TS, 1]]);
    }
  });

  it('rounds a fraction of a millisecond', () => {
    expect(decoded({ ts: TS + 0.6, values: { p: 1 } }).rows).toEqual([['p', TS + 1, 1]]);
  });

  it('says how to mend a time without an offset', () => {
    const { rows, rejects } = decoded({ ts: '2023-07-30T08:00:00', values: { p: 1, q: 2 } });
    expect(rows).toEqual([]);
    expect(rejects).toEqual([{ reason: 'bad-timestamp', detail: expect.stringContaining('+08:00'), count: 2 }]);
  });

  it.each([
    '2023-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2023-01-01T24:00:00Z',
    'yesterday',
    '1690675200000',
    null,
    {},
    true,
  ])('rejects the time %j', (ts) => {
    expect(reasons(decoded({ ts, values: { p: 1 } }).rejects)).toEqual(['bad-timestamp']);
  });

  it('takes 29 February of a leap year', () => {
    expect(decoded({ ts: '2024-02-29T00:00:00Z', values: { p: 1 } }).rows).toHaveLength(1);
  });

  it('keeps the good channels beside a bad one, and names the bad one', () => {
    const { rows, rejects } = decoded({ values: { a: 1, b: '2', c: true, d: null, e: [3], f: { g: 4 }, h: 5 } });
    expect(rows.map(([channel]) => channel)).toEqual(['a', 'h']);
    expect(reasons(rejects)).toEqual(Array(5).fill('wrong-type'));
    expect(rejects[0]!.detail).toContain('"b"');
  });

  it('rejects NaN and Infinity by their channel and keeps the others', () => {
    const { rows, rejects } = decoded('{"values":{"a":NaN,"b":-Infinity,"c":1e999,"d":1,"NaN":2}}');
    expect(rows.map(([channel]) => channel)).toEqual(['d', 'NaN']);
    expect(reasons(rejects)).toEqual(['not-a-number', 'not-a-number', 'not-a-number']);
    expect(rejects[1]!.detail).toContain('"b"');
  });

  it('rejects channels that no registry can hold, prototype keys too', () => {
    const { rows, rejects } = decoded('{"values":{"__proto__":1,"a b":2,"":3,"constructor":4}}');
    expect(rows.map(([channel]) => channel)).toEqual(['constructor']);
    expect(reasons(rejects)).toEqual(['unknown-channel', 'unknown-channel', 'unknown-channel']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads a batch, and keeps its good elements beside bad ones', () => {
    const { rows, rejects } = decoded([
      { ts: TS, values: { p: 1 } },
      3,
      { ts: 'x', values: { p: 2 } },
      { ts: TS + 1000, values: { p: 3 } },
      { ts: TS },
    ]);
    expect(rows).toEqual([
      ['p', TS, 1],
      ['p', TS + 1000, 3],
    ]);
    expect(reasons(rejects)).toEqual(['wrong-shape', 'bad-timestamp', 'wrong-shape']);
    expect(rejects[1]!.detail).toContain('element 2');
  });

  it('ignores keys it does not know', () => {
    expect(decoded({ firmware: '1.2', values: { p: 1 } })).toEqual({ rows: [['p', ARRIVED_AT_MS, 1]], rejects: [] });
  });

  it.each([['null'], ['3'], ['"x"'], ['[]'], ['{}'], ['{"values":{}}'], ['{"values":[1]}'], [''], ['[null]']])(
    'rejects %s as a wrong shape',
    (text) => {
      const { rows, rejects } = decoded(text);
      expect(rows).toEqual([]);
      expect(reasons(rejects)).toEqual(['wrong-shape']);
    },
  );

  it('says that a lone SenML record goes into an array', () => {
    expect(decoded({ n: 'p', v: 1 }).rejects[0]!.detail).toContain('array');
  });

  it('rejects what is not JSON', () => {
    expect(reasons(decoded('{"values":{"p":1}').rejects)).toEqual(['malformed-json']);
    expect(reasons(decoded('hello').rejects)).toEqual(['malformed-json']);
  });

  it('rejects bytes that are not UTF-8, and takes a replacement character that was sent as such', () => {
    expect(reasons(decoded(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])).rejects)).toEqual(['invalid-utf8']);
    expect(reasons(decoded(Buffer.from([0xff, 0xfe, 0x7b, 0x00])).rejects)).toEqual(['invalid-utf8']);
    expect(decoded('{"note":"\uFFFD","values":{"p":1}}').rows).toHaveLength(1);
  });

  it('takes a byte order mark', () => {
    expect(decoded('\uFEFF{"values":{"p":1}}').rows).toHaveLength(1);
  });

  it('rejects a body above the bound without reading it', () => {
    expect(reasons(decoded(Buffer.alloc(MAX_BODY_BYTES + 1, 0x20)).rejects)).toEqual(['too-large']);
    expect(reasons(decoded(Buffer.alloc(1024 * 1024, 0x7b)).rejects)).toEqual(['too-large']);
  });

  it('rejects a body of more than 10,000 readings as a whole', () => {
    const element = { values: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`c${i}`, 1])) };
    expect(decoded(element)).toEqual({
      rows: [],
      rejects: [expect.objectContaining({ reason: 'too-large', count: 1 })],
    });
  });

  it('tells a few rejects one by one and counts the others', () => {
    const values = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`c${i}`, 'x']));
    const { rejects } = decoded({ values });
    expect(rejects.length).toBeLessThanOrEqual(16);
    expect(rejects.reduce((sum, reject) => sum + reject.count, 0)).toBe(500);
  });
});
