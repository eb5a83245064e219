import type { AlarmTransition, Chatter } from '@lifeline/contracts';
import type { Condition, DeskEntry } from './port.js';

/** When an alarm that comes and goes is held as one line, and for how long. */
export interface ChatterCriterion {
  /** Begins of its condition, */
  readonly times: number;
  /** all within less than this. */
  readonly withinMs: number;
  /** Nothing may change for so long before it counts as quiet: its off-delay meanwhile. */
  readonly quietMs: number;
}

const MINUTE_MS = 60_000;
/**
 * Chattering: three in a minute (domain defaults 8.2). Repeating: the same within a longer time; its figures and both times of
 * quiet are [P].
 */
export const CHATTER_CRITERIA: readonly ChatterCriterion[] = [
  { times: 3, withinMs: MINUTE_MS, quietMs: 5 * MINUTE_MS },
  { times: 5, withinMs: 15 * MINUTE_MS, quietMs: 15 * MINUTE_MS },
];
/** How often a page is told how many times it was by now. */
const TELL_EVERY_MS = MINUTE_MS;
/** Begins that are remembered of an alarm. */
const REMEMBERED = 6;

/** What the desk keeps of an alarm while it chatters, beside what its newest transition tells. */
export interface ChatterState extends Chatter {
  readonly newestBeginMs: number;
  /** -1 before the first. */
  readonly newestEndMs: number;
  readonly toldMs: number;
}

/** Whether the condition itself is true: the alarm of one that chatters stands between its begins too. */
export function isConditionTrue({ chatterState }: Pick<DeskEntry, 'chatterState'>): boolean {
  return !chatterState || chatterState.newestBeginMs > chatterState.newestEndMs;
}

/** The begins to remember after one more. */
export function withBegin(beginsMs: readonly number[] | undefined, atMs: number): readonly number[] {
  return [...(beginsMs ?? []), atMs].slice(-REMEMBERED);
}

/** Whether a raise makes the alarm one that chatters; undefined: it does not. */
export function chatterAfter(
  raise: Pick<AlarmTransition, 'atMs' | 'limit'>,
  entry: DeskEntry | undefined,
  criteria: readonly ChatterCriterion[],
): Chatter | undefined {
  if (!entry) return undefined;
  const beginsMs = withBegin(entry.beginsMs, raise.atMs);
  for (const { times, withinMs, quietMs } of criteria) {
    const sinceMs = beginsMs.at(-times);
    if (sinceMs === undefined || raise.atMs - sinceMs >= withinMs) continue;
    const { current, clearedAtMs } = entry;
    const longestGapMs = clearedAtMs === null ? 0 : Math.max(0, raise.atMs - clearedAtMs);
    const deepestReturn = current.event === 'clear' ? returnOf(current.value, raise.limit) : null;
    return { times, sinceMs, newestMs: raise.atMs, longestGapMs, deepestReturn, quietMs };
  }
  return undefined;
}

/** The state after a transition of an alarm that chatters; undefined where it does not. */
export function chatterStateOf(
  { chatter, event, atMs }: AlarmTransition,
  before: ChatterState | undefined,
): ChatterState | undefined {
  if (!chatter) return undefined;
  const begins = event === 'raise' || event === 'escalate' || event === 'chatter';
  return {
    ...chatter,
    times: Math.max(chatter.times, before?.times ?? 0),
    longestGapMs: Math.max(chatter.longestGapMs, before?.longestGapMs ?? 0),
    deepestReturn: deeper(chatter.deepestReturn, before?.deepestReturn ?? null),
    newestBeginMs: begins ? Math.max(atMs, before?.newestBeginMs ?? atMs) : (before?.newestBeginMs ?? chatter.sinceMs),
    newestEndMs: before?.newestEndMs ?? -1,
    toldMs: begins ? atMs : (before?.toldMs ?? chatter.sinceMs),
  };
}

/** What a begin or an end of the condition changes while the alarm chatters; undefined: it is a repeat. */
export function chatterBy(
  state: ChatterState,
  given: Condition,
  limit: AlarmTransition['limit'],
): ChatterState | undefined {
  const { atMs } = given;
  if (given.change === 'end') {
    if (atMs <= state.newestEndMs) return undefined;
    const deepestReturn = deeper(state.deepestReturn, returnOf(given.value, limit));
    return { ...state, newestEndMs: atMs, deepestReturn };
  }
  // One that begins while the condition is true is said again, not one time more.
  if (given.change !== 'begin' || isConditionTrue({ chatterState: state }) || atMs <= state.newestBeginMs)
    return undefined;
  const gapMs = state.newestEndMs < 0 ? 0 : Math.max(0, atMs - state.newestEndMs);
  return {
    ...state,
    times: state.times + 1,
    longestGapMs: Math.max(state.longestGapMs, gapMs),
    newestBeginMs: atMs,
  };
}

/** Whether it is time to tell the number of times anew. */
export function isToBeTold({ newestBeginMs, toldMs }: ChatterState): boolean {
  return newestBeginMs - toldMs >= TELL_EVERY_MS;
}

/** Since when nothing has changed for the whole time of quiet; undefined while that is not so. */
export function quietSinceMs({ newestBeginMs, newestEndMs, quietMs }: ChatterState, nowMs: number): number | undefined {
  const sinceMs = Math.max(newestBeginMs, newestEndMs);
  return nowMs >= sinceMs + quietMs ? sinceMs : undefined;
}

export function toldChatter({ newestBeginMs, ...of }: ChatterState): Chatter {
  const { times, sinceMs, longestGapMs, deepestReturn, quietMs } = of;
  return { times, sinceMs, newestMs: newestBeginMs, longestGapMs, deepestReturn, quietMs };
}

/** Said of one that chattered and is over: "Quiet for 5 min, after it came 7 times in 3 min". */
export function quietWords({ times, sinceMs, newestBeginMs, quietMs }: ChatterState): { en: string; zh: string } {
  const minutes = Math.max(1, Math.round((newestBeginMs - sinceMs) / MINUTE_MS));
  const quiet = Math.round(quietMs / MINUTE_MS);
  return {
    en: `Quiet for ${quiet} min, after it came ${times} times in ${minutes} min`,
    zh: `此前 ${minutes} 分钟内出现 ${times} 次，现已平静 ${quiet} 分钟`,
  };
}

/** How far a value is on the good side of the limit that was passed. */
function returnOf(value: number | null, limit: AlarmTransition['limit']): number | null {
  if (value === null || limit === null || limit.value === null) return null;
  const low = limit.kind === 'low' || limit.kind === 'low-low';
  if (!low && limit.kind !== 'high' && limit.kind !== 'high-high') return null;
  return Math.max(0, low ? value - limit.value : limit.value - value);
}

function deeper(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
