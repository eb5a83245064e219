import fc from 'fast-check';
import {
  dutyChoices,
  dutyContentSchema,
  isFor,
  isOnCall,
  minuteOfClock,
  onCallFor,
  wallClock,
  weekBars,
  type DutyHours,
  type DutyPost,
  type WeeklySpan,
} from './duty.js';
import { UTILITIES } from './vocabulary.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday 2026-01-05, 00:00 in China. */
const MONDAY_MS = Date.UTC(2026, 0, 4, 16);
const CHINA = 'Asia/Shanghai';

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
const span: fc.Arbitrary<WeeklySpan> = fc.record({ days, from: clock, to: clock });
const weekly: fc.Arbitrary<DutyHours> = fc
  .array(span, { minLength: 1, maxLength: 5 })
  .map((spans) => ({ kind: 'weekly', spans }));
const hours: fc.Arbitrary<DutyHours> = fc.oneof(fc.constant<DutyHours>({ kind: 'always' }), weekly);
/** Any moment of three years, to the second. */
const moment = fc.integer({ min: 0, max: (3 * 365 * DAY) / 1000 }).map((second) => MONDAY_MS + second * 1000);
/** Without daylight saving, with it on both sides of the equator, with a half hour, and far from Greenwich. */
const zone = fc.constantFrom(
  CHINA,
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
);

describe('who is on call', () => {
  it('is, where no clock is ever put forward, what counting from Monday midnight gives', () => {
    fc.assert(
      fc.property(weekly, moment, (given, atMs) => {
        const { spans } = given as Extract<DutyHours, { kind: 'weekly' }>;
        const counted = spans.some(({ days: on, from, to }) => {
          const [begin, end] = [minuteOfClock(from), minuteOfClock(to)];
          const lastsMs = (end > begin ? end - begin : end - begin + 1440) * 60_000;
          return on.some((day) => {
            const sinceMs = (atMs - MONDAY_MS - (day - 1) * DAY - begin * 60_000) % (7 * DAY);
            return (sinceMs + 7 * DAY) % (7 * DAY) < lastsMs;
          });
        });
        expect(isOnCall(given, atMs, CHINA)).toBe(counted);
      }),
      { numRuns: 500 },
    );
  });

  it('goes by the clock on the wall alone: what it shows twice, or never, changes nothing else', () => {
    fc.assert(
      fc.property(weekly, moment, moment, zone, zone, (given, a, b, zoneA, zoneB) => {
        const [here, there] = [wallClock(a, zoneA), wallClock(b, zoneB)];
        fc.pre(here.day === there.day);
        // Two moments whose clocks show the same, wherever they are.
        const shifted = b + (here.minute - there.minute) * 60_000;
        const shown = wallClock(shifted, zoneB);
        fc.pre(shown.day === here.day && shown.minute === here.minute);
        expect(isOnCall(given, a, zoneA)).toBe(isOnCall(given, shifted, zoneB));
      }),
    );
  });

  it('hands over without a gap and without both, in every zone: from one to the other and back', () => {
    const all = [1, 2, 3, 4, 5, 6, 7];
    fc.assert(
      fc.property(clock, clock, moment, zone, (from, to, atMs, timeZone) => {
        fc.pre(from !== to);
        const day: DutyHours = { kind: 'weekly', spans: [{ days: all, from, to }] };
        const night: DutyHours = { kind: 'weekly', spans: [{ days: all, from: to, to: from }] };
        expect(isOnCall(day, atMs, timeZone)).toBe(!isOnCall(night, atMs, timeZone));
      }),
    );
  });

  it('loses nobody to a further span', () => {
    fc.assert(
      fc.property(weekly, span, moment, zone, (given, more, atMs, timeZone) => {
        const { spans } = given as Extract<DutyHours, { kind: 'weekly' }>;
        const wider: DutyHours = { kind: 'weekly', spans: [...spans, more] };
        if (isOnCall(given, atMs, timeZone)) expect(isOnCall(wider, atMs, timeZone)).toBe(true);
      }),
    );
  });

  it('begins and ends at the minute, over midnight and over the end of the week', () => {
    const sunday: DutyHours = { kind: 'weekly', spans: [{ days: [7], from: '20:00', to: '08:00' }] };
    const sunday20 = MONDAY_MS + 6 * DAY + 20 * HOUR;
    expect([-1, 0, 12 * HOUR - 1, 12 * HOUR].map((ms) => isOnCall(sunday, sunday20 + ms, CHINA))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const wholeDay: DutyHours = { kind: 'weekly', spans: [{ days: [1], from: '00:00', to: '00:00' }] };
    expect([-1, 0, DAY - 1, DAY].map((ms) => isOnCall(wholeDay, MONDAY_MS + ms, CHINA))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('holds through the hour that comes twice, and over the one that never comes', () => {
    const night: DutyHours = { kind: 'weekly', spans: [{ days: [7], from: '02:00', to: '03:00' }] };
    const hoursOf = (firstMs: number) =>
      [0, 1, 2, 3].map((hour) => isOnCall(night, firstMs + hour * HOUR + HOUR / 2, 'Europe/Berlin'));
    // 2026-10-25: 02:30 is shown twice. 2026-03-29: from 01:59 to 03:00.
    expect(hoursOf(Date.UTC(2026, 9, 24, 23))).toEqual([false, true, true, false]);
    expect(hoursOf(Date.UTC(2026, 2, 28, 23))).toEqual([false, false, false, false]);
  });
});

const DISTRICTS = ['Nanqiao', 'Langya', 'Tianchang'];
const post: fc.Arbitrary<DutyPost> = fc
  .record({
    postId: fc.uuid(),
    utility: fc.constantFrom(...UTILITIES, 'all' as const),
    districts: fc.subarray(DISTRICTS),
    hours,
    turn: fc.integer({ min: 1, max: 9 }),
  })
  .map((given) => ({
    ...given,
    ...{ name: { en: 'Crew', zh: '抢修队' }, can: { en: 'Repairs', zh: '抢修' }, phone: '000-5550-0101' },
    ...{ version: 1, createdBy: 'emil', createdAtMs: 1, changedBy: 'emil', changedAtMs: 1, removedAtMs: null },
  }));
const posts = fc.uniqueArray(post, { maxLength: 12, selector: ({ postId }) => postId });
const place = fc.record({
  utility: fc.constantFrom(...UTILITIES),
  district: fc.constantFrom(...DISTRICTS, null),
});

describe('the order in which to call', () => {
  it('names everybody once, those who are for the place and on call first, by their turn', () => {
    fc.assert(
      fc.property(posts, place, moment, zone, (given, where, atMs, timeZone) => {
        const choices = dutyChoices(given, where, atMs, timeZone);
        expect(choices.map((one) => one.post.postId).sort()).toEqual(given.map(({ postId }) => postId).sort());
        const ranks = choices.map(({ standing }) => ['on-call', 'off-call', 'elsewhere'].indexOf(standing));
        expect(ranks).toEqual([...ranks].sort());
        const called = onCallFor(given, where, atMs, timeZone);
        expect(called.map(({ turn }) => turn)).toEqual(called.map(({ turn }) => turn).sort());
        for (const one of given) {
          const due = isFor(one, where) && isOnCall(one.hours, atMs, timeZone);
          expect(called.includes(one)).toBe(due);
        }
      }),
    );
  });

  it('is the same however the list is ordered', () => {
    fc.assert(
      fc.property(posts, place, moment, (given, where, atMs) => {
        const ids = (list: readonly DutyPost[]) => dutyChoices(list, where, atMs, CHINA).map((one) => one.post.postId);
        expect(ids([...given].reverse())).toEqual(ids(given));
      }),
    );
  });

  it('calls the crew of the district before the one of the whole city, and nobody of another for a place unknown', () => {
    const [city, own, other] = [[], ['Nanqiao'], ['Langya']].map(
      (districts, i) =>
        ({ ...fc.sample(post, 1)[0]!, postId: String(i), utility: 'gas', turn: 1, districts }) as DutyPost,
    );
    const always = [city!, own!, other!].map((one): DutyPost => ({ ...one, hours: { kind: 'always' } }));
    const called = (district: string | null) =>
      onCallFor(always, { utility: 'gas', district }, MONDAY_MS, CHINA).map(({ postId }) => postId);
    expect(called('Nanqiao')).toEqual(['1', '0']);
    expect(called(null)).toEqual(['0']);
  });
});

describe('the picture of the week', () => {
  it('shows as many minutes as somebody is on call, cut at midnight and never twice', () => {
    fc.assert(
      fc.property(hours, (given) => {
        const bars = weekBars(given);
        const shown = new Set(bars.flatMap(({ day, from, to }) => (to > from ? [day * 10_000 + from] : [])));
        expect(shown.size).toBe(bars.length);
        const inBars = bars.reduce((sum, { from, to }) => sum + to - from, 0);
        let onCall = 0;
        for (let minute = 0; minute < 7 * 1440; minute++)
          if (isOnCall(given, MONDAY_MS + minute * 60_000, CHINA)) onCall++;
        expect(inBars).toBe(onCall);
      }),
      { numRuns: 15 },
    );
  });
});

describe('an entry of the duty roster', () => {
  const entry = {
    name: { en: 'Gas crew 1', zh: '燃气抢修一队' },
    utility: 'gas',
    phone: '000-5550-0101',
    can: { en: 'Leaks', zh: '泄漏处置' },
    hours: { kind: 'always' },
  };
  it.each(['110', '+86 000 5550 0101', ' 000 (555) 0101 ', '000-5550-0101,22'])('takes the number %s', (phone) => {
    expect(dutyContentSchema.parse({ ...entry, phone }).phone).toBe(phone.trim());
  });
  it.each(['5', '', '(000) 555', 'ring Li', '110;ext', '1,2,3', `1${'2'.repeat(40)}`])(
    'refuses the number %s',
    (phone) => {
      expect(dutyContentSchema.safeParse({ ...entry, phone }).success).toBe(false);
    },
  );
  it.each([
    ['a day 8', { hours: { kind: 'weekly', spans: [{ days: [8], from: '08:00', to: '09:00' }] } }],
    ['an hour 24', { hours: { kind: 'weekly', spans: [{ days: [1], from: '24:00', to: '09:00' }] } }],
    ['no span', { hours: { kind: 'weekly', spans: [] } }],
    ['no name', { name: { en: ' ', zh: '队' } }],
    ['a script as number', { phone: 'javascript:alert(1)' }],
    ['another lifeline', { utility: 'water' }],
    ['turn 0', { turn: 0 }],
  ])('refuses %s', (_, over) => {
    expect(dutyContentSchema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
