/** Constants of a city's rainstorm formula 暴雨强度公式, with 167 A1 in L/(s ha). */
export interface StormFormula {
  readonly a167: number;
  readonly c: number;
  readonly b: number;
  readonly n: number;
}

/** Nanjing 2014, used for Chuzhou until its own is entered (domain 4.2 [M], editable). */
export const NANJING_2014: StormFormula = { a167: 10716.7, c: 0.837, b: 32.9, n: 1.011 };
export const HEFEI_2010S: StormFormula = { a167: 4850, c: 0.846, b: 19.1, n: 0.896 };

/**
 * Intensity of a storm, L/(s ha): q = 167 A1 (1 + C lg P) / (t + b)^n (domain 4.2).
 * @param years return period P
 * @param minutes duration t
 */
export function stormIntensity(years: number, minutes: number, formula: StormFormula = NANJING_2014): number {
  return (formula.a167 * (1 + formula.c * Math.log10(years))) / (minutes + formula.b) ** formula.n;
}

/** L/(s ha) as mm/h: 0.36 q (domain 4.2). */
export function millimetresPerHour(litresPerSecondHectare: number): number {
  return 0.36 * litresPerSecondHectare;
}

/** Design flow of a drain by the rational method 推理公式, L/s: Qs = q ψ F (domain 4.2). */
export function stormFlow(litresPerSecondHectare: number, runoff: number, hectares: number): number {
  return litresPerSecondHectare * runoff * hectares;
}

/** Return period of a rain, years: the storm formula solved for P; under 1 for ordinary rain. */
export function returnPeriodYears(millimetres: number, minutes: number, formula: StormFormula = NANJING_2014): number {
  const q = (millimetres * (60 / minutes)) / 0.36;
  return 10 ** (((q * (minutes + formula.b) ** formula.n) / formula.a167 - 1) / formula.c);
}
