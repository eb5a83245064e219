import { askParts } from './health.controller.js';

describe('the parts of readiness', () => {
  it('are told each for itself: working, at fault, throwing, or silent', async () => {
    const parts = await askParts(
      [
        { name: 'works', check: () => Promise.resolve(undefined) },
        { name: 'fault', check: () => Promise.resolve('disk full') },
        { name: 'throws', check: () => Promise.reject(new Error('closed')) },
        { name: 'silent', check: () => new Promise(() => undefined) },
      ],
      10,
    );
    expect(parts).toEqual([
      { name: 'works', ready: true },
      { name: 'fault', ready: false, detail: 'disk full' },
      { name: 'throws', ready: false, detail: 'closed' },
      { name: 'silent', ready: false, detail: 'does not answer within 0.01 s' },
    ]);
  });
});
