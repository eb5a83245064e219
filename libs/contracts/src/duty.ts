import { z } from 'zod';
import { UTILITIES, type Utility } from './vocabulary.js';

/** The duty roster: crews and duty posts, what they are for, and when they are on call. */

/** [P] More spans than a person can keep in order: shifts of every day and a few exceptions fit. */
const MOST_SPANS = 21;

const words = (most: number) =>
  z.strictObject({ en: z.string().trim().min(1).max(most), zh: z.string().trim().min(1).max(most) });

/** `07:30` on the city's clock. */
const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, 00:00 to 23:59');

/** Hours that come back every week, by the city's clock. */
export const weeklySpanSchema = z.strictObject({
  /** Days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: clockSchema,
  /** The first minute that is not within it; not after `from`: it is of the day after. */
  to: clockSchema,
});
export type WeeklySpan = z.infer<typeof weeklySpanSchema>;

export const dutyHoursSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('weekly'), spans: z.array(weeklySpanSchema).min(1).max(MOST_SPANS) }),
]);
export type DutyHours = z.infer<typeof dutyHoursSchema>;

/** What an engineer says of a crew or a post. */
export const dutyContentSchema = z.strictObject({
  name: words(80),
  utility: z.enum([...UTILITIES, 'all']),
  /** Names of districts as the registry has them; empty: the whole city. */
  districts: z.array(z.string().trim().min(1).max(64)).max(50).default([]),
  phone: z
    .string()
    .trim()
    .regex(/^\+?\d[\d ()-]{1,30}\d(,\d{1,8})?$/, 'must be a telephone number; an extension follows after a comma'),
  /** What they can do, in a few words. */
  can: words(160),
  hours: dutyHoursSchema,
  /** 1 is called first; the next where nobody answers. */
  turn: z.int().min(1).max(9).default(1),
});
export type DutyContent = z.infer<typeof dutyContentSchema>;

/** A crew or a post as it stands. */
export const dutyPostSchema = dutyContentSchema.extend({
  postId: z.string(),
  /** 1, then one more each change. */
  version: z.int().positive(),
  createdBy: z.string(),
  createdAtMs: z.number(),
  changedBy: z.string(),
  changedAtMs: z.number(),
  /** When it was taken off the list; null: it is on it. */
  removedAtMs: z.number().nullable(),
});
export type DutyPost = z.infer<typeof dutyPostSchema>;

/** Where somebody is needed; the district is null where it is not known. */
export interface DutyPlace {
  readonly utility: Utility;
  readonly district: string | null;
}

/** `on-call`: is for it and on call; `off-call`: is for it and not on call; `elsewhere`: is for another lifeline or place. */
export type DutyStanding = 'on-call' | 'off-call' | 'elsewhere';

export interface DutyChoice<Post> {
  readonly post: Post;
  readonly standing: DutyStanding;
  /** Whether it is on call at all, wherever it is for. */
  readonly isOnCall: boolean;
}

const MINUTES_A_DAY = 1_440;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day of the week (1 is Monday) and the minute of the day that a clock in the zone shows. */
export function wallClock(atMs: number, timeZone: string): { readonly day: number; readonly minute: number } {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    clock = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    clocks.set(timeZone, clock);
  }
  const shown = new Map(clock.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    day: WEEKDAYS.indexOf(shown.get('weekday')!) + 1,
    minute: Number(shown.get('hour')) * 60 + Number(shown.get('minute')),
  };
}

/** Minutes from midnight of `07:30`. */
export function minuteOfClock(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

/** Whether somebody with these hours is on call: by what the city's clock shows, so that an hour that comes twice counts twice. */
export function isOnCall(hours: DutyHours, atMs: number, timeZone: string): boolean {
  if (hours.kind === 'always') return true;
  const { day, minute } = wallClock(atMs, timeZone);
  const dayBefore = day === 1 ? 7 : day - 1;
  return hours.spans.some(({ days, from, to }) => {
    const [begin, end] = [minuteOfClock(from), minuteOfClock(to)];
    if (begin < end) return days.includes(day) && minute >= begin && minute < end;
    return (days.includes(day) && minute >= begin) || (days.includes(dayBefore) && minute < end);
  });
}

/** Whether a crew is for this lifeline and place. A place whose district is not known is served by those of the whole city. */
export function isFor({ utility, districts }: Pick<DutyContent, 'utility' | 'districts'>, place: DutyPlace): boolean {
  if (utility !== 'all' && utility !== place.utility) return false;
  return districts.length === 0 || (place.district !== null && districts.includes(place.district));
}

const STANDINGS: readonly DutyStanding[] = ['on-call', 'off-call', 'elsewhere'];

type Listed = Pick<DutyPost, 'postId' | 'name' | 'utility' | 'districts' | 'hours' | 'turn'>;

/**
 * Who may be called for a place at a moment, first choice first: those that are for it and on call, then those that are for it,
 * then the others, on call before not. Within each by their turn, then whoever is nearest to it (of its district, of its lifeline).
 */
export function dutyChoices<Post extends Listed>(
  posts: readonly Post[],
  place: DutyPlace,
  atMs: number,
  timeZone: string,
): DutyChoice<Post>[] {
  const near = ({ districts, utility }: Post): number =>
    Number(place.district === null || !districts.includes(place.district)) * 2 + Number(utility !== place.utility);
  return posts
    .map((post): DutyChoice<Post> => {
      const onCall = isOnCall(post.hours, atMs, timeZone);
      const standing = !isFor(post, place) ? 'elsewhere' : onCall ? 'on-call' : 'off-call';
      return { post, standing, isOnCall: onCall };
    })
    .sort(
      (a, b) =>
        STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
        Number(b.isOnCall) - Number(a.isOnCall) ||
        (a.standing === 'elsewhere' ? near(a.post) - near(b.post) : 0) ||
        a.post.turn - b.post.turn ||
        near(a.post) - near(b.post) ||
        (a.post.name.en < b.post.name.en ? -1 : a.post.name.en > b.post.name.en ? 1 : 0) ||
        (a.post.postId < b.post.postId ? -1 : 1),
    );
}

/** Who is on call for a place at a moment, in the order in which to call them. */
export function onCallFor<Post extends Listed>(
  posts: readonly Post[],
  place: DutyPlace,
  atMs: number,
  timeZone: string,
): Post[] {
  return dutyChoices(posts, place, atMs, timeZone)
    .filter(({ standing }) => standing === 'on-call')
    .map(({ post }) => post);
}

/** A stretch of the week's picture: the day (1 is Monday), and minutes from its midnight. */
export interface WeekBar {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/** The hours as bars of a week that begins on Monday; what goes over midnight is cut there, what overlaps is one bar. */
export function weekBars(hours: DutyHours): WeekBar[] {
  const bars: WeekBar[] = [];
  for (let day = 1; day <= 7; day++) {
    const dayBefore = day === 1 ? 7 : day - 1;
    const cut: (readonly [number, number])[] =
      hours.kind === 'always'
        ? [[0, MINUTES_A_DAY]]
        : hours.spans.flatMap(({ days, from, to }) => {
            const [begin, end] = [minuteOfClock(from), minuteOfClock(to)];
            if (begin < end) return days.includes(day) ? [[begin, end] as const] : [];
            return [
              ...(days.includes(day) ? [[begin, MINUTES_A_DAY] as const] : []),
              ...(days.includes(dayBefore) && end > 0 ? [[0, end] as const] : []),
            ];
          });
    let last: { day: number; from: number; to: number } | undefined;
    for (const [from, to] of cut.sort(([a], [b]) => a - b)) {
      if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
      else bars.push((last = { day, from, to }));
    }
  }
  return bars;
}
