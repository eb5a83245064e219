/** The pipe between two fast pressure points, seen from A (upstream) to B. */
export interface WavePath {
  readonly lengthM: number;
  /** Speed of a pressure wave in gas at rest, m/s. */
  readonly waveSpeedMs: number;
  /** Speed of the gas from A to B, m/s; 0 where it is not known. */
  readonly flowMs: number;
}

/**
 * Distance of a leak from A, m, by the arrivals of its negative pressure wave at both ends: x = (a − v) [L + (a + v) Δt] / (2a),
 * which is (L + a Δt) / 2 for gas at rest (domain 1.5). Under 0 or over L: the wave came from outside.
 *
 * @param delayS Δt = tA − tB, s
 */
export function leakFromStartM({ lengthM, waveSpeedMs: a, flowMs: v }: WavePath, delayS: number): number {
  return ((a - v) * (lengthM + (a + v) * delayS)) / (2 * a);
}

/** Arrival at A less arrival at B, s, of a wave from a leak at a distance from A: against the flow to A, with it to B. */
export function waveDelayS({ lengthM, waveSpeedMs: a, flowMs: v }: WavePath, fromStartM: number): number {
  return fromStartM / (a - v) - (lengthM - fromStartM) / (a + v);
}

export interface WaveUncertainty {
  /** Of the two clocks against each other, s (1 ms with satellite time). */
  readonly clockS: number;
  /** Of the two arrivals read from the records, s. */
  readonly arrivalS: number;
  /** Of the wave speed, as a share; 0.01 after a valve test, 0.05 without [P]. */
  readonly waveSpeedShare: number;
  /** Of the gas's own speed, m/s. */
  readonly flowMs: number;
}

/**
 * Uncertainty of the place, m: δx = a δt / 2 (domain 1.5) for clocks and arrivals, |Δt| δa / 2 for the wave speed and L δv / (2a)
 * for the flow (first order of the formula above, around gas at rest), added as independent errors.
 */
export function leakUncertaintyM(path: WavePath, delayS: number, errors: WaveUncertainty): number {
  const { lengthM, waveSpeedMs: a } = path;
  const time = (a / 2) * Math.hypot(errors.clockS, errors.arrivalS);
  const speed = (Math.abs(delayS) / 2) * a * errors.waveSpeedShare;
  const flow = (lengthM * errors.flowMs) / (2 * a);
  return Math.hypot(time, speed, flow);
}
