import type { LiveReadings } from '@lifeline/contracts';
import { trustOf, type LinkState } from './link-state.js';
import { staleAfterMs } from './sensor-book.js';
import { ValueBook } from './value-book.js';

const batch = (...values: LiveReadings['values']): LiveReadings => ({ atMs: 0, values });

test('a watcher hears of its own sensor alone', () => {
  const book = new ValueBook();
  const heard: string[] = [];
  book.watch('a', () => heard.push('a'));
  const stop = book.watch('b', () => heard.push('b'));
  book.take(batch(['a', 1, 5, 'good']));
  stop();
  book.take(batch(['b', 1, 5, 'good']));
  expect(heard).toEqual(['a']);
});

test('an older reading does not replace a newer one', () => {
  const book = new ValueBook();
  book.take(batch(['a', 2, 7, 'good']));
  book.take(batch(['a', 1, 5, 'good']));
  expect(book.get('a')?.value).toBe(7);
});

test('watchers of batches hear once a batch, of what changed', () => {
  const book = new ValueBook();
  const heard: (readonly string[])[] = [];
  book.watchBatches((sensorIds) => heard.push(sensorIds));
  book.take(batch(['a', 1, 5, 'good'], ['b', 1, null, 'bad']));
  book.take(batch(['a', 1, 5, 'good']));
  expect(heard).toEqual([['a', 'b']]);
});

test('silence counts from the limit, else from three intervals, at least a minute', () => {
  expect(staleAfterMs({ intervalS: 10, limits: {} })).toBe(60_000);
  expect(staleAfterMs({ intervalS: 60, limits: {} })).toBe(180_000);
  expect(staleAfterMs({ intervalS: 60, limits: { staleAfterS: 30 } })).toBe(30_000);
});

const live: LinkState = { kind: 'live', lastEventAtMs: 100_000, asOfMs: 99_000 };

test('live data is trusted until three health events are missed', () => {
  expect(trustOf(live, 110_000)).toEqual({ kind: 'fresh' });
  expect(trustOf(live, 116_000)).toEqual({ kind: 'stopped', ageMs: 16_000, asOfMs: 99_000 });
});

test('a lost link is told after two seconds', () => {
  const down: LinkState = { ...live, kind: 'down' };
  expect(trustOf(down, 101_000)).toEqual({ kind: 'fresh' });
  expect(trustOf(down, 114_000)).toEqual({ kind: 'stopped', ageMs: 14_000, asOfMs: 99_000 });
});

test('before the first event there is nothing to trust or distrust', () => {
  expect(trustOf({ kind: 'connecting', lastEventAtMs: undefined, asOfMs: undefined }, 5)).toEqual({ kind: 'waiting' });
});
