/** What one channel says of the thermometer: how far it is from its model, how unsure that is, and what a kelvin makes of it. */
export interface Witness {
  readonly residual: number;
  readonly deviation: number;
  readonly perKelvin: number;
}

export interface ThermometerError {
  /** Reading less truth, K, by least squares over the witnesses. */
  readonly errorK: number;
  /** Share of the residuals' squares, in deviations, that this one error explains. */
  readonly explained: number;
  /** Witnesses that go with temperature clearly enough to count. */
  readonly witnesses: number;
  /** The error by all witnesses but the one that says most: of the same sign and size where it is the thermometer. */
  readonly withoutStrongestK: number;
}

/** A channel counts where 5 K move it by more than two deviations. */
const CLEAR_AT_K = 5;

/**
 * One error of the structure's thermometer that would explain many residuals at once: with the reading ΔT too high each channel is
 * expected perKelvin·ΔT away from where it is, so residual = −perKelvin·ΔT. Real changes of the structure do not follow the channels'
 * temperature coefficients.
 */
export function thermometerError(channels: readonly Witness[]): ThermometerError {
  let cross = 0;
  let square = 0;
  let all = 0;
  let witnesses = 0;
  let strongest = 0;
  let crossOfStrongest = 0;
  let squareOfStrongest = 0;
  for (const { residual, deviation, perKelvin } of channels) {
    if (!Number.isFinite(residual) || Math.abs(perKelvin) * CLEAR_AT_K < 2 * deviation) continue;
    witnesses++;
    const slope = -perKelvin / deviation;
    const seen = residual / deviation;
    cross += slope * seen;
    square += slope * slope;
    all += seen * seen;
    if (Math.abs(slope * seen) > strongest) {
      strongest = Math.abs(slope * seen);
      crossOfStrongest = slope * seen;
      squareOfStrongest = slope * slope;
    }
  }
  if (square === 0 || all === 0) return { errorK: 0, explained: 0, witnesses, withoutStrongestK: 0 };
  const left = square - squareOfStrongest;
  return {
    errorK: cross / square,
    explained: (cross * cross) / (square * all),
    witnesses,
    withoutStrongestK: left > 0 ? (cross - crossOfStrongest) / left : 0,
  };
}

/**
 * Whether that error is to be believed: enough witnesses, large enough, explaining enough, and the same without the strongest of them.
 * Figures are defaults of this project [P].
 */
export function accusesThermometer(error: ThermometerError, leastK: number, leastExplained: number): boolean {
  const agreement = error.withoutStrongestK / error.errorK;
  return (
    error.witnesses >= 3 &&
    Math.abs(error.errorK) >= leastK &&
    error.explained >= leastExplained &&
    agreement > 0.5 &&
    agreement < 2
  );
}
