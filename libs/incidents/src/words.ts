import type { Words } from '@lifeline/catalogue';

export type { Words };

/** "12 s", "3 min", "2 h". */
export function spanWords(ms: number): Words {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 120) return { en: `${seconds} s`, zh: `${seconds}秒` };
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return { en: `${minutes} min`, zh: `${minutes}分钟` };
  const hours = Math.round(minutes / 60);
  return { en: `${hours} h`, zh: `${hours}小时` };
}

/** "12 s after it" of what came at `ms` from something else; "12 s before it" where negative. */
export function offsetWords(ms: number): Words {
  const span = spanWords(ms);
  return ms < 0
    ? { en: `${span.en} before it`, zh: `早${span.zh}` }
    : { en: `${span.en} after it`, zh: `晚${span.zh}` };
}

export function countWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
