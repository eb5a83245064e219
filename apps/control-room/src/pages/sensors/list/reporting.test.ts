import { reportingOf } from './reporting.js';

const sensor = { intervalS: 30, limits: {} };

test.each([
  ['never', undefined],
  ['reporting', 1_000_000 - 90_000],
  ['silent', 1_000_000 - 90_001],
] as const)('a sensor of 30 s is %s with a reading of %s', (expected, measuredAtMs) => {
  expect(reportingOf(sensor, measuredAtMs, 1_000_000)).toBe(expected);
});

test('its own limit of silence goes before its interval', () => {
  expect(reportingOf({ intervalS: 30, limits: { staleAfterS: 600 } }, 0, 600_000)).toBe('reporting');
});
