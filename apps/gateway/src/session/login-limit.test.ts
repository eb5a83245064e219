import { ATTEMPTS_BY_ADDRESS, ATTEMPTS_BY_NAME, LOGIN_WINDOW_MS, LoginLimit } from './login-limit.js';

describe('the limit of attempts to log in', () => {
  it('lets ten attempts of a name and address through, then says how long to wait', () => {
    const limit = new LoginLimit();
    for (let i = 0; i < ATTEMPTS_BY_NAME; i++) expect(limit.attempt('ada', '::1', 1_000)).toBe(0);
    expect(limit.attempt('ada', '::1', 61_000)).toBe(240);
    expect(limit.attempt('ada', '::2', 61_000)).toBe(0);
    expect(limit.attempt('eve', '::1', 61_000)).toBe(0);
    expect(limit.attempt('ada', '::1', 1_000 + LOGIN_WINDOW_MS)).toBe(0);
  });

  it('begins anew after a right password', () => {
    const limit = new LoginLimit();
    for (let i = 0; i < ATTEMPTS_BY_NAME; i++) limit.attempt('ada', '::1', 0);
    limit.succeeded('ada', '::1');
    expect(limit.attempt('ada', '::1', 0)).toBe(0);
  });

  it('stops an address that tries many names', () => {
    const limit = new LoginLimit();
    for (let i = 0; i < ATTEMPTS_BY_ADDRESS; i++) expect(limit.attempt(`name-${i}`, '::1', 0)).toBe(0);
    expect(limit.attempt('one-more', '::1', 0)).toBe(300);
  });
});
