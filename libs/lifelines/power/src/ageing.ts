/** Insulation paper: `normal` (98 °C rated hot spot) or thermally `upgraded` (110 °C). */
export type Paper = 'normal' | 'upgraded';

/**
 * Relative ageing rate V: minutes of life lost a minute. Normal paper 2^((θh − 98) / 6), upgraded paper
 * exp(15000/383 − 15000/(θh + 273)). (IEC 60076-7; domain 2.3. 1 at 98, respectively 110 °C.)
 * @param hotSpotC °C
 */
export function ageingRate(hotSpotC: number, paper: Paper = 'normal'): number {
  return paper === 'normal' ? 2 ** ((hotSpotC - 98) / 6) : Math.exp(15_000 / 383 - 15_000 / (hotSpotC + 273));
}

/** Loss of life over evenly spaced hot-spot temperatures (°C): the sum of V·Δt, in minutes. */
export function lossOfLifeMinutes(hotSpotsC: Iterable<number>, stepMinutes: number, paper: Paper = 'normal'): number {
  let sum = 0;
  for (const hotSpotC of hotSpotsC) sum += ageingRate(hotSpotC, paper) * stepMinutes;
  return sum;
}
