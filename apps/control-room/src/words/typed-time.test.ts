import fc from 'fast-check';
import { dayOf, hourMinuteSecond } from './times.js';
import { parseTime } from './typed-time.js';

const now = Date.parse('2026-11-25T03:00:00+08:00');
const zone = 'Asia/Shanghai';

test.each([
  ['02:40', '2026-11-25T02:40:00+08:00'],
  ['21:40', '2026-11-24T21:40:00+08:00'],
  ['21：40：06', '2026-11-24T21:40:06+08:00'],
  ['11-20 9:05', '2026-11-20T09:05:00+08:00'],
  ['12-31 23:59', '2025-12-31T23:59:00+08:00'],
  ['2026-02-03 04:05:06', '2026-02-03T04:05:06+08:00'],
])('%s is %s', (text, expected) => {
  expect(parseTime(text, now, zone)).toBe(Date.parse(expected));
});

test.each(['', 'noon', '25:00', '12:60', '02-30 10:00', '2026-13-01 10:00', '10:00 pm'])('%s is no time', (text) => {
  expect(parseTime(text, now, zone)).toBeUndefined();
});

test('what the page writes, it reads', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e9 }),
      fc.constantFrom('Asia/Shanghai', 'UTC', 'America/St_Johns'),
      (seconds, in_) => {
        const atMs = seconds * 1000;
        // An hour that clocks show twice has two moments.
        const twice = [-3_600_000, 3_600_000].some(
          (by) => hourMinuteSecond(atMs + by, in_) === hourMinuteSecond(atMs, in_),
        );
        fc.pre(!twice);
        expect(parseTime(`${dayOf(atMs, in_)} ${hourMinuteSecond(atMs, in_)}`, now, in_)).toBe(atMs);
      },
    ),
  );
});
