import { momentOf, wallTimeOf } from './wall-time.js';

const MINUTE = 60_000;

test.each(['Asia/Shanghai', 'UTC', 'Europe/Berlin', 'America/St_Johns'])(
  'a moment comes back through the clock of %s',
  (zone) => {
    for (let day = 0; day < 400; day += 13) {
      const atMs = Date.UTC(2026, 0, 1 + day, 12, 34);
      expect(momentOf(wallTimeOf(atMs, zone), zone)).toBe(atMs);
    }
  },
);

test('a time in the city is that moment, wherever the browser is', () => {
  expect(momentOf('2026-11-25T21:40', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 25, 13, 40));
  expect(momentOf('2026-03-29T01:59', 'Europe/Berlin')! + MINUTE).toBe(momentOf('2026-03-29T03:00', 'Europe/Berlin'));
});

test('what is no time is none', () => {
  for (const text of ['', '2026-13-01T00:00', 'tomorrow']) expect(momentOf(text, 'Asia/Shanghai')).toBeUndefined();
});
