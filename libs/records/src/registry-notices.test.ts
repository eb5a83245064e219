import fc from 'fast-check';
import { noticePayloads, readNotice } from './registry-notices.js';

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

describe('notices of the registry', () => {
  it('name every device, in payloads that NOTIFY takes', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 500 }), (ids) => {
        const payloads = noticePayloads(ids);
        for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
        expect(payloads.flatMap((payload) => readNotice(payload))).toEqual(ids);
      }),
    );
  });

  it('say everything for a bulk, and nothing for no change', () => {
    expect(noticePayloads(Array.from({ length: 501 }, (_, i) => `d-${i}`)).map(readNotice)).toEqual(['everything']);
    expect(noticePayloads('everything').map(readNotice)).toEqual(['everything']);
    expect(noticePayloads([])).toEqual([]);
  });
});
