import type { DayKind } from './port.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/**
 * Days off by decree, first to last, and weekend days that are worked for them: General Office of the State Council, notices on
 * holidays of 2025 (12 November 2024) and 2026 (4 November 2025). Other years: the statutory days (Regulation on National
 * Annual Festivals and Memorial Days, as amended 10 November 2024), without the days moved around them.
 */
const DECREED: Readonly<Record<number, { readonly off: readonly string[]; readonly worked: readonly string[] }>> = {
  2025: {
    off: ['0101', '0128-0204', '0404-0406', '0501-0505', '0531-0602', '1001-1008'],
    worked: ['0126', '0208', '0427', '0928', '1011'],
  },
  2026: {
    off: ['0101-0103', '0215-0223', '0404-0406', '0501-0505', '0619-0621', '0925-0927', '1001-1007'],
    worked: ['0104', '0214', '0228', '0509', '0920', '1010'],
  },
};

/** Fixed by the solar calendar, and by the lunar one (month-day). Tomb-sweeping day falls on 4 or 5 April. */
const SOLAR: readonly string[] = ['0101', '0404', '0405', '0501', '0502', '1001', '1002', '1003'];
const LUNAR: readonly string[] = ['1-1', '1-2', '1-3', '5-5', '8-15'];
const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });

/** What kind of day a moment is in China. Slow: ask once a day. */
export function dayKindOfChina(atMs: number): DayKind {
  const local = new Date(atMs + SHANGHAI_OFFSET_MS);
  if (Number.isNaN(local.getTime())) return 0;
  const day = monthDay(local);
  const weekend = local.getUTCDay() % 6 === 0;
  const decreed = DECREED[local.getUTCFullYear()];
  if (decreed) {
    if (decreed.worked.includes(day)) return 0;
    if (decreed.off.some((span) => within(day, span))) return 2;
    return weekend ? 1 : 0;
  }
  // New Year's Eve of the lunar year is the day before the first.
  const holiday = SOLAR.includes(day) || isLunar(local, LUNAR) || isLunar(new Date(local.getTime() + DAY_MS), ['1-1']);
  return holiday ? 2 : weekend ? 1 : 0;
}

function monthDay(date: Date): string {
  return `${String(date.getUTCMonth() + 1).padStart(2, '0')}${String(date.getUTCDate()).padStart(2, '0')}`;
}

function within(day: string, span: string): boolean {
  const [first, last = first] = span.split('-') as [string, string?];
  return day >= first && day <= last;
}

function isLunar(date: Date, days: readonly string[]): boolean {
  const parts = lunar.formatToParts(date);
  const part = (type: string) => parts.find((p) => p.type === type)?.value;
  return days.includes(`${part('month')}-${part('day')}`);
}

/** For two hours after midnight the course turns from that of one kind of day to that of the other. */
const TURN_MS = 2 * HOUR_MS;
const [TURN_OF_HOLIDAY, TURN_OF_WEEKEND] = [4, 1.5];

/** Kinds of days, asked once each and kept: a few thousand at most, then forgotten and asked again. */
export class DayKinds {
  readonly #known = new Map<number, DayKind>();
  #lastDay = NaN;
  #lastKind: DayKind = 0;

  constructor(
    private readonly offsetMs: number,
    private readonly kindOf: (atMs: number) => DayKind,
  ) {}

  /** @param day number of the local day since 1970 */
  of(day: number): DayKind {
    if (day === this.#lastDay) return this.#lastKind;
    let kind = this.#known.get(day);
    if (kind === undefined) {
      if (this.#known.size > 4000) this.#known.clear();
      kind = this.kindOf(day * DAY_MS - this.offsetMs + DAY_MS / 2);
      this.#known.set(day, kind);
    }
    this.#lastDay = day;
    this.#lastKind = kind;
    return kind;
  }

  /** How much looser bands are at a local time: a holiday does not say how it will differ. */
  looseness(localMs: number): number {
    const day = Math.floor(localMs / DAY_MS);
    if (localMs - day * DAY_MS >= TURN_MS) return 1;
    const before = this.of(day - 1);
    const now = this.of(day);
    return before === now ? 1 : before === 2 || now === 2 ? TURN_OF_HOLIDAY : TURN_OF_WEEKEND;
  }
}
