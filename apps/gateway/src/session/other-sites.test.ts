import { isFromOtherSite, refuseOtherSites } from './other-sites.js';

describe('calls from pages of other origins', () => {
  it.each([
    ['a program, which sends neither header', {}, false],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, false],
    ['an address typed by the user', { 'sec-fetch-site': 'none' }, false],
    ['a page of the same site but another origin', { 'sec-fetch-site': 'same-site' }, true],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, true],
    ['our own page in a browser that tells the origin alone', { origin: 'http://city:3000', host: 'city:3000' }, false],
    ['another port of our host', { origin: 'http://city:4000', host: 'city:3000' }, true],
    ['a sandboxed page', { origin: 'null', host: 'city:3000' }, true],
  ])('%s', (_, headers, expected) => {
    expect(isFromOtherSite(headers)).toBe(expected);
  });

  it('are refused where they change something, and let through where they read', () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(() => refuseOtherSites('POST', headers)).toThrow('another origin');
    expect(() => refuseOtherSites('DELETE', headers)).toThrow('another origin');
    expect(() => refuseOtherSites('GET', headers)).not.toThrow();
  });
});
