import { SILENT, leftOfMute, readPreferences } from './preferences.js';

test('a browser that was never asked is silent', () => {
  expect(readPreferences(null)).toEqual(SILENT);
  expect(SILENT).toMatchObject({ sound: 'off', speech: 'off' });
});

test('what was chosen is kept, and what makes no sense is as at first', () => {
  const chosen = { sound: 'on', speech: 'on', volume: 0.25, mutedUntilMs: 17 } as const;
  expect(readPreferences(JSON.stringify(chosen))).toEqual(chosen);
  for (const odd of ['not json', 'null', '7', '{"volume":40,"sound":true,"mutedUntilMs":"soon"}'])
    expect(readPreferences(odd)).toEqual(SILENT);
});

test('a mute counts down to its end', () => {
  expect(leftOfMute(300_000, 0)).toBe('5:00');
  expect(leftOfMute(300_000, 234_500)).toBe('1:06');
  expect(leftOfMute(300_000, 299_001)).toBe('0:01');
  expect(leftOfMute(300_000, 300_000)).toBeUndefined();
});
