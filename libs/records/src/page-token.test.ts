import fc from 'fast-check';
import { PageTokenError, pageOf, pageToken, readPageToken } from './page-token.js';

describe('page token', () => {
  it('brings back what it was made of, in characters safe in an address', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (place, id) => {
        const token = pageToken(place, id);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(readPageToken(token, 'number', 'string')).toEqual([place, id]);
      }),
    );
  });

  it('is refused where it is not ours, or of another list', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expect(() => readPageToken(text, 'number', 'string')).toThrow(PageTokenError)),
    );
    expect(() => readPageToken(pageToken('a'), 'number')).toThrow(PageTokenError);
    expect(() => readPageToken(pageToken(1, 'a'), 'number')).toThrow(PageTokenError);
  });

  it('is given only where more follows', () => {
    const page = (count: number) => pageOf([1, 2, 3].slice(0, count), 2, String, (row) => pageToken(row));

    expect(page(2)).toEqual({ items: ['1', '2'] });
    expect(page(3)).toEqual({ items: ['1', '2'], next: pageToken(2) });
    expect(page(0)).toEqual({ items: [] });
  });
});
