/**
 * Imbalance of three magnitudes (currents or voltages): largest deviation from their mean over the mean, in percent. A rough check,
 * as the domain defaults (2.1) say: angles are not known. 0 where all are nothing.
 */
export function imbalancePercent(a: number, b: number, c: number): number {
  const mean = (a + b + c) / 3;
  if (mean <= 0) return 0;
  return (Math.max(Math.abs(a - mean), Math.abs(b - mean), Math.abs(c - mean)) / mean) * 100;
}

/**
 * Negative over positive sequence, in percent, from the three line-to-line voltages alone, which close a triangle:
 * sqrt((1 − sqrt(3 − 6β)) / (1 + sqrt(3 − 6β))), β = (a⁴ + b⁴ + c⁴) / (a² + b² + c²)². (The form of GB/T 15543-2008, annex, and of
 * IEC 61000-4-30 [M].) NaN where the three are no triangle.
 */
export function negativeSequencePercent(ab: number, bc: number, ca: number): number {
  const squares = ab * ab + bc * bc + ca * ca;
  if (squares <= 0) return NaN;
  const beta = (ab ** 4 + bc ** 4 + ca ** 4) / (squares * squares);
  const inner = 3 - 6 * beta;
  // Equal sides give 1 but for rounding; what is under 0 is no triangle.
  if (inner < -1e-9) return NaN;
  const root = Math.min(1, Math.sqrt(Math.max(0, inner)));
  return Math.sqrt((1 - root) / (1 + root)) * 100;
}

/**
 * Which of three phases is lost, 0, 1 or 2: it carries under `share` of the mean of the two others, which carry at least `least` (in
 * their unit). −1 where none is. `share` 0.1 and `least` are defaults of this project [P], editable.
 */
export function lostPhase(magnitudes: ArrayLike<number>, least: number, share = 0.1): number {
  for (let i = 0; i < 3; i++) {
    const others = (magnitudes[(i + 1) % 3]! + magnitudes[(i + 2) % 3]!) / 2;
    const weaker = Math.min(magnitudes[(i + 1) % 3]!, magnitudes[(i + 2) % 3]!);
    if (weaker >= least && magnitudes[i]! < share * others) return i;
  }
  return -1;
}
