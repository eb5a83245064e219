import { Outstanding } from './outstanding.js';

describe('what is outstanding', () => {
  it('is waited for until the last is answered', async () => {
    const outstanding = new Outstanding();
    outstanding.enter(10);
    outstanding.enter(20);
    const idle = outstanding.idle(60_000);
    outstanding.leave(10);
    expect([outstanding.count, outstanding.bytes]).toEqual([1, 20]);
    outstanding.leave(20);
    expect(await idle).toBe(true);
  });

  it('is waited for no longer than was said', async () => {
    const outstanding = new Outstanding();
    outstanding.enter(1);
    expect(await outstanding.idle(1)).toBe(false);
  });

  it('is nothing at first', async () => {
    expect(await new Outstanding().idle(60_000)).toBe(true);
  });
});
