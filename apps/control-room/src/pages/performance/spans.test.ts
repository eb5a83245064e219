import { barsOf, spanOf } from './spans.js';

const zone = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}+08:00`);

test('a shift begins at 8 and 20 o’clock in the city', () => {
  const noon = spanOf('this-shift', at('2026-11-25T12:34:56.789'), zone);
  expect(noon).toEqual({ fromMs: at('2026-11-25T08:00:00'), toMs: at('2026-11-25T12:35:00') });
  expect(spanOf('this-shift', at('2026-11-25T03:00:00'), zone).fromMs).toBe(at('2026-11-24T20:00:00'));
  expect(spanOf('this-shift', at('2026-11-25T20:00:00'), zone).fromMs).toBe(at('2026-11-25T20:00:00'));
});

test('the last shift is the one before, whole', () => {
  const span = { fromMs: at('2026-11-24T20:00:00'), toMs: at('2026-11-25T08:00:00') };
  expect(spanOf('last-shift', at('2026-11-25T08:00:01'), zone)).toEqual(span);
});

test('no span is empty or longer than the server measures, and starts on a whole ten minutes', () => {
  const nowMs = at('2026-11-25T12:34:56');
  for (const name of ['day', 'week', 'month'] as const) {
    const { fromMs, toMs } = spanOf(name, nowMs, zone);
    expect(toMs).toBeGreaterThan(nowMs);
    expect(toMs - fromMs).toBeLessThanOrEqual(31 * 86_400_000);
    expect(fromMs % 600_000).toBe(0);
  }
});

test('many slots are drawn as fewer bars that keep the peak', () => {
  expect(barsOf([1, 2, 3]).counts).toEqual([1, 2, 3]);
  const month = new Array<number>(4320).fill(0);
  month[777] = 41;
  const bars = barsOf(month);
  expect(bars.counts.length).toBeLessThanOrEqual(240);
  expect(Math.max(...bars.counts)).toBe(41);
  expect(bars.counts.length * bars.slotMs).toBe(4320 * 600_000);
});
