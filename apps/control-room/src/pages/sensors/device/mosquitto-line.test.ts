import { execFileSync } from 'node:child_process';
import { CHANNEL_TYPES } from '@lifeline/catalogue';
import fc from 'fast-check';
import { mosquittoLine, plausibleValue, shellQuoted } from './mosquitto-line.js';

test('a shell gives back every quoted text as it was', () => {
  // NUL cannot be an argument of any program.
  const text = fc.string({ unit: 'grapheme' }).filter((given) => !given.includes('\0'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
      const told = execFileSync('sh', ['-c', `printf '%s\\0' ${texts.map(shellQuoted).join(' ')}`]);
      expect(told.toString().split('\0').slice(0, -1)).toEqual(texts);
    }),
    { numRuns: 40 },
  );
});

const device = {
  deviceId: 'g-7',
  utility: 'gas' as const,
  sensors: [{ channel: 'p-out', type: 'P_MID', range: { low: 0, high: 0.6 }, limits: {} }],
};

test('the line publishes a usual value on the topic of the device', () => {
  const mqtt = { host: 'city.example', port: 1883 };

  const line = mosquittoLine({ mqtt, device, credential: { username: 'g-7', password: "a'b$c" } });

  expect(line).toBe(
    String.raw`mosquitto_pub -h city.example -p 1883 -u g-7 -P 'a'\''b$c' -q 1 -t lifeline/v1/gas/g-7/telemetry -m '{"values":{"p-out":0.29}}'`,
  );
});

test.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))('the value for %s passes no limit', (_, type) => {
  const value = plausibleValue({ channel: 'c', type: type.code, range: type.range, limits: type.limits });

  expect(value).toBeGreaterThanOrEqual(Math.max(type.range.low, type.limits.low ?? type.range.low));
  expect(value).toBeLessThanOrEqual(Math.min(type.range.high, type.limits.high ?? type.range.high));
});

test('limits set by hand are kept although the catalogue calls other values usual', () => {
  const value = plausibleValue({ channel: 'c', type: 'P_MID', range: null, limits: { low: 0.5, high: 0.6 } });

  expect(value).toBeCloseTo(0.55);
});
