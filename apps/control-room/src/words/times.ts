/** Clock faces in the city's zone, 24 h, whatever the browser's own zone and language. */

const faces = new Map<string, Intl.DateTimeFormat>();

function face(zone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(parts)}`;
  let found = faces.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hourCycle: 'h23', ...parts });
    faces.set(key, found);
  }
  return found;
}

/** `21:40` */
export function hourMinute(atMs: number, zone: string): string {
  return face(zone, { hour: '2-digit', minute: '2-digit' }).format(atMs);
}

/** `21:40:06` */
export function hourMinuteSecond(atMs: number, zone: string): string {
  return face(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);
}

/** `2026-11-24` */
export function dayOf(atMs: number, zone: string): string {
  return face(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs);
}

/** `11-24 21:40:06` */
export function monthDayTime(atMs: number, zone: string): string {
  return `${dayOf(atMs, zone).slice(5)} ${hourMinuteSecond(atMs, zone)}`;
}

/** The time alone where it is of today, with its day otherwise. */
export function shortTime(atMs: number, nowMs: number, zone: string): string {
  const time = hourMinute(atMs, zone);
  return dayOf(atMs, zone) === dayOf(nowMs, zone) ? time : `${dayOf(atMs, zone).slice(5)} ${time}`;
}

export interface Age {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** How long ago, in the one unit a person would say. */
export function ageOf(ms: number): Age {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { unit: 'seconds', count: seconds };
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 48 * 3600) return { unit: 'hours', count: Math.floor(seconds / 3600) };
  return { unit: 'days', count: Math.floor(seconds / 86_400) };
}
