/**
 * Force of a stay or hanger from its natural frequencies (frequency method; domain defaults 3.3). m: mass in kg/m, L: free length in m,
 * f: frequency in Hz of mode n, EI: bending stiffness in N·m². Forces in N.
 */

export interface Cable {
  readonly massKgPerM: number;
  readonly lengthM: number;
}

/** Taut string: T = 4 m L² (f/n)². Holds for ξ = L sqrt(T/EI) > 210 and small sag (λ² < 0.17) [M]. */
export function tautStringForceN({ massKgPerM, lengthM }: Cable, frequencyHz: number, mode = 1): number {
  return 4 * massKgPerM * lengthM ** 2 * (frequencyHz / mode) ** 2;
}

/** Hinged ends with bending: T = 4 m L² (f/n)² − n² π² EI / L². */
export function hingedForceN(cable: Cable, stiffnessNm2: number, frequencyHz: number, mode = 1): number {
  return tautStringForceN(cable, frequencyHz, mode) - (mode ** 2 * Math.PI ** 2 * stiffnessNm2) / cable.lengthM ** 2;
}

/** ξ = L sqrt(T/EI): how much of a string a cable is. */
export function stringLikeness(cable: Cable, stiffnessNm2: number, forceN: number): number {
  return cable.lengthM * Math.sqrt(Math.max(0, forceN) / stiffnessNm2);
}

/**
 * Fixed ends, first mode (Ren et al., 2005 [M]): ξ ≤ 18: T = 3.432 m L² f² − 45.191 EI/L²; 18 < ξ ≤ 210: T = m (2 L f − (2.363/L)
 * sqrt(EI/m))²; beyond that the string. The formula is chosen by the ξ that its own answer has.
 */
export function fixedForceN(cable: Cable, stiffnessNm2: number, frequencyHz: number): number {
  const { massKgPerM: m, lengthM: length } = cable;
  const stiff = 3.432 * m * length ** 2 * frequencyHz ** 2 - (45.191 * stiffnessNm2) / length ** 2;
  if (stringLikeness(cable, stiffnessNm2, stiff) <= 18) return stiff;
  const middle = m * (2 * length * frequencyHz - (2.363 / length) * Math.sqrt(stiffnessNm2 / m)) ** 2;
  return stringLikeness(cable, stiffnessNm2, middle) <= 210 ? middle : tautStringForceN(cable, frequencyHz);
}

/** Largest spread of f/n that the string model bears [P]. */
export const STRING_SPREAD = 0.02;

/**
 * Force by the string from several modes: the mean of f/n.
 * @returns the force, and null where f/n spreads by more than 2 % of its mean: the string model fails then, or a mode was misnamed
 */
export function forceOfModesN(
  cable: Cable,
  modes: readonly { readonly mode: number; readonly frequencyHz: number }[],
): number | null {
  if (modes.length === 0) return null;
  const ratios = modes.map(({ mode, frequencyHz }) => frequencyHz / mode);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  if (Math.max(...ratios) - Math.min(...ratios) > STRING_SPREAD * mean) return null;
  return tautStringForceN(cable, mean);
}
