import fc from 'fast-check';
import { Encoder } from 'cbor-x';
import { REJECT_REASONS } from '../vocabulary.js';
import { telemetryBodySchema } from './body-schemas.js';
import { DecodedReadings } from './decoded-readings.js';
import { decodeTelemetry } from './decode-telemetry.js';
import { MAX_BODY_READINGS } from './limits.js';
import { ARRIVED_AT_MS, decoded } from './readings-in-tests.js';

const cbor = new Encoder({ useRecords: false, mapsAsObjects: false });
const channel = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => (v === 0 ? 0 : v));
const ts = fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 });
const element = fc.record({
  ts,
  values: fc.dictionary(channel, value, { minKeys: 1, maxKeys: 8, noNullPrototype: true }),
});

/** What must hold of every answer, whatever came in. */
function expectSound(payload: Uint8Array): void {
  const into = new DecodedReadings();
  const rejects = decodeTelemetry(payload, ARRIVED_AT_MS, into) ?? [];
  expect(into.count + rejects.length).toBeGreaterThan(0);
  expect(into.count).toBeLessThanOrEqual(MAX_BODY_READINGS);
  expect(rejects.length).toBeLessThanOrEqual(16 + REJECT_REASONS.length);
  for (let i = 0; i < into.count; i++) {
    expect(Number.isFinite(into.value[i])).toBe(true);
    expect(Number.isFinite(into.measuredAtMs[i])).toBe(true);
  }
  for (const reject of rejects) {
    expect(REJECT_REASONS).toContain(reject.reason);
    expect(reject.detail.length).toBeGreaterThan(0);
    expect(reject.detail.length).toBeLessThan(500);
    expect(reject.count).toBeGreaterThan(0);
  }
}

describe('decodeTelemetry, whatever comes in,', () => {
  it('answers any bytes with readings or reasons', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectSound), { numRuns: 1000 });
  });

  it('answers any bytes that begin as CBOR does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x80, max: 0xbf }), fc.uint8Array({ maxLength: 200 }), (first, rest) =>
        expectSound(Uint8Array.of(first, ...rest)),
      ),
      { numRuns: 1000 },
    );
  });

  it('answers any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => expectSound(Buffer.from(text))),
      { numRuns: 500 },
    );
  });

  it('answers any JSON in the shapes it knows', () => {
    const anything = fc.jsonValue();
    const senml = fc.dictionary(
      fc.constantFrom('n', 'v', 't', 'u', 'bn', 'bt', 'bu', 'bv', 'vb', 'vs', 's', 'x_'),
      anything,
    );
    const plain = fc.record({ ts: anything, values: fc.oneof(anything, fc.dictionary(fc.string(), anything)) });
    fc.assert(
      fc.property(fc.oneof(plain, fc.array(plain), fc.array(senml)), (body) =>
        expectSound(Buffer.from(JSON.stringify(body))),
      ),
      { numRuns: 500 },
    );
  });

  it('answers valid bodies with a byte changed', () => {
    const body = cbor.encode([new Map<number, unknown>([[0, 'p'], [2, 1.5], [6, 1]])]); // prettier-ignore
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = new Uint8Array(body);
        changed[at] = byte;
        expectSound(changed);
      }),
    );
  });
});

describe('decodeTelemetry gives back', () => {
  it('what was written as plain bodies, and the schema takes them too', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), (batch) => {
        const rows = batch.flatMap((e) => Object.entries(e.values).map(([name, v]) => [name, e.ts, v]));
        expect(decoded(batch)).toEqual({ rows, rejects: [] });
        expect(telemetryBodySchema.safeParse(batch).success).toBe(true);
      }),
    );
  });

  it('the same readings from SenML as JSON and as CBOR', () => {
    const seconds = fc.integer({ min: 946_684_800, max: 4_102_444_800 });
    const record = fc.record({ n: channel, t: seconds, v: value, u: fc.constantFrom('kPa', 'm', '%') });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), (records) => {
        const rows = records.map((r) => [r.n, r.t * 1000, r.v, r.u]);
        const maps = records.map((r) => new Map<number, unknown>([[0, r.n], [1, r.u], [2, r.v], [6, r.t]])); // prettier-ignore
        expect(decoded(records)).toEqual({ rows, rejects: [] });
        expect(decoded(new Uint8Array(cbor.encode(maps)))).toEqual({ rows, rejects: [] });
      }),
    );
  });

  it('nothing of the message before, in a holder that is used again', () => {
    const into = new DecodedReadings();
    const big = Array.from({ length: 300 }, (_, i) => ({ values: { p: i, q: 'x' } }));
    decodeTelemetry(Buffer.from(JSON.stringify(big)), ARRIVED_AT_MS, into);
    expect(into.count).toBe(300);
    expect(decodeTelemetry(Buffer.from('{"values":{"r":7}}'), ARRIVED_AT_MS, into)).toBeUndefined();
    expect([into.count, into.channel[0], into.value[0]]).toEqual([1, 'r', 7]);
  });
});
