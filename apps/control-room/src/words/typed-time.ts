import { dayOf, hourMinuteSecond } from './times.js';

const FORM = /^(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})[ T]+)?(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?$/;

/**
 * A moment as a person types it, in the city's zone: `21:40`, `21:40:06`, `11-24 21:40`, `2026-11-24 21:40:06`. What is left out
 * is as of now; a time alone that is still to come today was yesterday's. Undefined where it is no time.
 */
export function parseTime(text: string, nowMs: number, zone: string): number | undefined {
  const found = FORM.exec(text.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const [thisYear, thisMonth, thisDay] = dayOf(nowMs, zone).split('-').map(Number);
  const parts = [
    Number(year ?? thisYear),
    Number(month ?? thisMonth),
    Number(day ?? thisDay),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  ] as const;
  const at = momentOf(parts, zone);
  if (at === undefined) return undefined;
  if (month === undefined && at > nowMs) return at - 86_400_000;
  if (year === undefined && at > nowMs) return momentOf([parts[0] - 1, ...parts.slice(1)], zone);
  return at;
}

/** The moment at which clocks in the zone show these numbers; undefined where none ever do. */
function momentOf(parts: readonly number[], zone: string): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const face = Date.UTC(year, month - 1, day, hour, minute, second);
  const shown = (atMs: number): number => Date.parse(`${dayOf(atMs, zone)}T${hourMinuteSecond(atMs, zone)}Z`);
  let atMs = face;
  // Twice: the offset may differ between the first guess and the moment itself.
  for (let i = 0; i < 2; i++) atMs += face - shown(atMs);
  const date = new Date(face);
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal && shown(atMs) === face ? atMs : undefined;
}
