import fc from 'fast-check';
import { storableJson, storableText } from './storable.js';

const anyText = fc
  .string({ unit: 'binary', maxLength: 40 })
  .chain((text) =>
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 })
      .map((units) => text + String.fromCharCode(0, ...units)),
  );

describe('storable text', () => {
  it('has no NUL and no half of a pair left, and the same length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = storableText(text);
        expect(stored).not.toContain('\0');
        expect(Buffer.from(stored, 'utf8').toString('utf8')).toBe(stored);
        expect(stored).toHaveLength(text.length);
      }),
    );
  });

  it('leaves what PostgreSQL can keep as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(storableText(text)).toBe(text);
      }),
    );
  });

  it('reaches every string of a JSON value', () => {
    expect(storableJson({ a: ['\0', { b: '\ud800x' }], n: 1 })).toBe('{"a":["\ufffd",{"b":"\ufffdx"}],"n":1}');
  });
});
