/** Order of the fields of a date; `ydm` is the day-first slip of 2022-11-04 for 11 April. */
export const DATE_ORDERS = ['ymd', 'ydm', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const PATTERN =
  /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a recorded time.
 * @param zoneMinutes minutes east of UTC of times that name no zone
 * @returns epoch milliseconds; NaN where it is none in this order
 */
export function recordedMs(text: string, order: DateOrder, zoneMinutes: number): number {
  const match = PATTERN.exec(text.trim());
  if (!match) return epochNumber(text);
  const fields = [Number(match[1]), Number(match[2]), Number(match[3])] as const;
  const year = fields[order.indexOf('y')]!;
  const month = fields[order.indexOf('m')]!;
  const day = fields[order.indexOf('d')]!;
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1900) return NaN;
  const fraction = Number(`0.${match[7] ?? '0'}`);
  const local = Date.UTC(
    year,
    month - 1,
    day,
    Number(match[4] ?? 0),
    Number(match[5] ?? 0),
    Number(match[6] ?? 0),
    Math.round(fraction * 1000),
  );
  return local - offsetMinutes(match[8], zoneMinutes) * 60_000;
}

function offsetMinutes(zone: string | undefined, fallback: number): number {
  if (zone === undefined) return fallback;
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

/** Epoch seconds or milliseconds, told apart by size. */
function epochNumber(text: string): number {
  if (!/^\d{9,14}(\.\d+)?$/.test(text.trim())) return NaN;
  const number = Number(text);
  return number < 1e11 ? number * 1000 : number;
}

/** The first order in which all samples are times; year first is asked before day first. */
export function dateOrderOf(samples: readonly string[]): DateOrder | undefined {
  return DATE_ORDERS.find((order) => samples.every((text) => !Number.isNaN(recordedMs(text, order, 0))));
}
