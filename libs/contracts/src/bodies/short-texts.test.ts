import fc from 'fast-check';
import { ShortTexts } from './short-texts.js';

describe('short texts', () => {
  it('are those of their bytes, also when a slot changes hands and the body is overwritten', () => {
    const texts = new ShortTexts();
    const body = Buffer.alloc(64);
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,32}$/), fc.nat(32), (text, from) => {
        body.fill(0x78);
        body.write(text, from, 'latin1');
        expect(texts.get(body, from, from + text.length)).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('are left to others where they are not ASCII', () => {
    expect(new ShortTexts().get(Buffer.from('µ'), 0, 2)).toBeUndefined();
  });
});
