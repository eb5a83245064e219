import type { Limits } from '@lifeline/contracts';

const MARKS = [
  ['lowLow', 'LL'],
  ['low', 'L'],
  ['high', 'H'],
  ['highHigh', 'HH'],
] as const;

/** `LL 0.05  L 0.1  H 0.4  HH 0.44`, by the marks that instruments carry in every language; empty where none is set. */
export function limitWords(limits: Limits): string {
  return MARKS.filter(([key]) => limits[key] != null)
    .map(([key, mark]) => `${mark}\u2009${figureOf(limits[key]!)}`)
    .join('\u2002');
}

/** Six figures say any limit, and take the dust of binary fractions off a computed one. */
function figureOf(limit: number): string {
  return String(Number(limit.toPrecision(6))).replace('-', '\u2212');
}
