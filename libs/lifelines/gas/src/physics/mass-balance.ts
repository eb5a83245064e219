/** One window of the balance: its length and the share of the inflow that may be missing [P] (domain 1.5; the shortest is our own). */
export interface BalanceWindow {
  readonly name: 'ten-minutes' | 'hour' | 'day';
  readonly slots: number;
  readonly limit: number;
}

/** Length of a slot, of which windows are made. */
export const SLOT_MS = 600_000;
/** Until each hour of a day was seen once, the usual is known for some of them alone. */
const FIRST_DAY = 1.5;
const DAY_SLOTS = 144;

/** Defaults, editable: 3 % in an hour, 1.5 % in a day; a burst shows within two slots at 10 %. */
export const BALANCE_WINDOWS: readonly BalanceWindow[] = [
  { name: 'ten-minutes', slots: 1, limit: 0.1 },
  { name: 'hour', slots: 6, limit: 0.03 },
  { name: 'day', slots: 144, limit: 0.015 },
];

/**
 * Share of the inflow that is missing over a window: r = (Vin − Vout − ΔVs) / Vin (domain 1.5; the packing term ΔVs decides).
 *
 * @param inM3 through the inlet meters
 * @param outM3 through the outlet meters, times the learned ratio of both
 * @param packedM3 what the line pack grew by
 * @param leastInM3 stands in for a smaller inflow, so that a quiet night does not divide by nearly nothing
 */
export function missingShare(inM3: number, outM3: number, packedM3: number, leastInM3 = 0): number {
  const base = Math.max(inM3, leastInM3);
  return base > 0 ? (inM3 - outM3 - packedM3) / base : 0;
}

/** Uncertainty of a balance by its meters, as a share: sqrt(u1² + u2²) (domain 1.5). Errors of `outMeters` alike meters partly cancel. */
export function meterUncertainty(inlet: number, outlet: number, outMeters = 1): number {
  return Math.hypot(inlet, outlet / Math.sqrt(Math.max(1, outMeters)));
}

/**
 * Share beyond which a balance is broken: three standard deviations of the usual, never under the window's limit nor the
 * meters' uncertainty, and more as long as little is known.
 *
 * @param deviation of the share over such windows
 * @param learnedSlots slots that taught it
 */
export function balanceLimit(
  window: BalanceWindow,
  deviation: number,
  uncertainty: number,
  learnedSlots: number,
): number {
  const young = (1 + 48 / Math.max(1, learnedSlots)) * (learnedSlots < DAY_SLOTS ? FIRST_DAY : 1);
  return Math.max(window.limit, uncertainty, 3 * deviation) * young;
}
