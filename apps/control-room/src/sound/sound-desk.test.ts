import { PRIORITIES, type Priority } from '@lifeline/contracts';
import fc from 'fast-check';
import { SOUND_GAP_MS, SoundDesk, type HeardAlarm, type Sounding } from './sound-desk.js';

/** A clock that a test moves, with what is to happen later. */
class FakeClock {
  nowMs = 1_000_000;
  private jobs: { atMs: number; act: () => void }[] = [];

  later = (ms: number, act: () => void): (() => void) => {
    const job = { atMs: this.nowMs + ms, act };
    this.jobs.push(job);
    return () => void (this.jobs = this.jobs.filter((other) => other !== job));
  };

  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const [next] = this.jobs.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.jobs = this.jobs.filter((job) => job !== next);
      this.nowMs = next.atMs;
      next.act();
    }
    this.nowMs = endMs;
  }
}

function aDesk() {
  const clock = new FakeClock();
  const heard: (Sounding<HeardAlarm> & { atMs: number })[] = [];
  const desk = new SoundDesk<HeardAlarm>({
    nowMs: () => clock.nowMs,
    later: clock.later,
    sound: (sounding) => heard.push({ ...sounding, atMs: clock.nowMs }),
  });
  return { clock, desk, heard, said: () => heard.map(({ worst, count }) => [worst.alarmId, count]) };
}

const alarm = (alarmId: string, priority: Priority = 'orange', state = 'unacknowledged'): HeardAlarm => ({
  ...{ alarmId, priority, state },
});
const MINUTE = 60_000;

test('is silent about what was open when the page was opened, and sounds what comes after, once', () => {
  const { desk, said } = aDesk();
  desk.take([alarm('old')]);
  expect(said()).toEqual([]);
  desk.take([alarm('old'), alarm('new')]);
  desk.take([alarm('old'), alarm('new')]);
  expect(said()).toEqual([['new', 1]]);
});

test('sounds anew what became worse, and what asks again after it was acknowledged', () => {
  const { clock, desk, said } = aDesk();
  desk.take([]);
  desk.take([alarm('a', 'yellow')]);
  clock.pass(MINUTE);
  desk.take([alarm('a', 'orange')]);
  clock.pass(MINUTE);
  desk.take([alarm('a', 'orange', 'acknowledged')]);
  clock.pass(MINUTE);
  desk.take([alarm('a', 'orange')]);
  expect(said()).toEqual([
    ['a', 1],
    ['a', 1],
    ['a', 1],
  ]);
});

test('makes one sound of a flood in each few seconds, the worst first', () => {
  const { clock, desk, heard, said } = aDesk();
  desk.take([]);
  const open: HeardAlarm[] = [];
  for (let i = 0; i < 40; i++) {
    open.push(alarm(`a${i}`, i === 7 ? 'red' : 'yellow'));
    desk.take([...open]);
    clock.pass(200);
  }
  clock.pass(MINUTE);
  expect(said()).toEqual([
    ['a0', 1],
    ['a7', 19],
    ['a20', 20],
  ]);
  expect(heard[1]!.atMs - heard[0]!.atMs).toBe(SOUND_GAP_MS);
});

test('does not sound what was seen to before its turn', () => {
  const { clock, desk, said } = aDesk();
  desk.take([]);
  desk.take([alarm('a')]);
  desk.take([alarm('a'), alarm('b')]);
  desk.take([alarm('a'), alarm('b', 'orange', 'acknowledged')]);
  clock.pass(MINUTE);
  expect(said()).toEqual([['a', 1]]);
});

test('a mute silences all but a priority 1 alarm that comes while it lasts', () => {
  const { clock, desk, said } = aDesk();
  desk.take([alarm('old-red', 'red')]);
  desk.muteUntil(clock.nowMs + 5 * MINUTE);
  desk.take([alarm('old-red', 'red'), alarm('b', 'orange')]);
  expect(said()).toEqual([]);
  desk.take([alarm('old-red', 'red'), alarm('b', 'orange'), alarm('r', 'red')]);
  clock.pass(4 * MINUTE);
  expect(said()).toEqual([['r', 1]]);
});

test('an alarm that becomes priority 1 under a mute sounds once', () => {
  const { clock, desk, said } = aDesk();
  desk.take([]);
  desk.muteUntil(clock.nowMs + 5 * MINUTE);
  desk.take([alarm('b', 'orange')]);
  desk.take([alarm('b', 'red')]);
  clock.pass(10 * MINUTE);
  expect(said()[0]).toEqual(['b', 1]);
});

test('a mute runs out by itself, and tells in one sound what still waits', () => {
  const { clock, desk, heard, said } = aDesk();
  desk.take([]);
  const startMs = clock.nowMs;
  desk.muteUntil(startMs + 5 * MINUTE);
  desk.take([alarm('a', 'yellow'), alarm('b', 'orange'), alarm('c', 'blue')]);
  desk.take([alarm('a', 'yellow'), alarm('b', 'orange'), alarm('c', 'blue', 'acknowledged')]);
  clock.pass(30 * MINUTE);
  expect(said()).toEqual([['b', 2]]);
  expect(heard[0]!.atMs).toBe(startMs + 5 * MINUTE);
});

test('a mute may be ended, or made longer', () => {
  const { clock, desk, said } = aDesk();
  desk.take([]);
  desk.muteUntil(clock.nowMs + 5 * MINUTE);
  desk.take([alarm('a')]);
  desk.muteUntil(clock.nowMs + 30 * MINUTE);
  clock.pass(6 * MINUTE);
  expect(said()).toEqual([]);
  desk.muteUntil(0);
  expect(said()).toEqual([['a', 1]]);
});

test('whatever comes, sounds keep their distance and nothing new goes unheard', () => {
  const step = fc.record({
    id: fc.integer({ min: 0, max: 9 }),
    priority: fc.constantFrom(...PRIORITIES),
    passMs: fc.integer({ min: 0, max: 9000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { clock, desk, heard } = aDesk();
      desk.take([]);
      const open = new Map<string, HeardAlarm>();
      let news = 0;
      for (const { id, priority, passMs } of steps) {
        if (!open.has(String(id))) news++;
        else continue;
        open.set(String(id), alarm(String(id), priority));
        desk.take([...open.values()]);
        clock.pass(passMs);
      }
      clock.pass(MINUTE);
      expect(heard.reduce((sum, { count }) => sum + count, 0)).toBe(news);
      for (let i = 1; i < heard.length; i++)
        expect(heard[i]!.atMs - heard[i - 1]!.atMs).toBeGreaterThanOrEqual(SOUND_GAP_MS);
    }),
  );
});
