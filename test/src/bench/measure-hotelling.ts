/** Chi-squared quantile of a false alarm in a thousand rows, by Wilson & Hilferty (1931). */
const NORMAL_QUANTILE = 3.09;

/**
 * The baseline: Hotelling's T-squared of each row, as it is, against mean and covariance of the first rows; flagged above the
 * chi-squared limit of a false alarm in a thousand.
 */
export function hotellingFlags(rows: readonly Float64Array[], learnRows: number): boolean[] {
  const n = rows[0]!.length;
  const mean = new Float64Array(n);
  const known = rows.slice(0, learnRows).filter((row) => row.every(Number.isFinite));
  for (const row of known) for (let i = 0; i < n; i++) mean[i]! += row[i]! / known.length;
  const covariance = Array.from({ length: n }, () => new Float64Array(n));
  for (const row of known) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) covariance[i]![j]! += ((row[i]! - mean[i]!) * (row[j]! - mean[j]!)) / known.length;
    }
  }
  for (let i = 0; i < n; i++) covariance[i]![i]! += 1e-12;
  const part = 2 / (9 * n);
  const limit = n * (1 - part + NORMAL_QUANTILE * Math.sqrt(part)) ** 3;
  return rows.map((row) => {
    const off = row.map((value, i) => (Number.isFinite(value) ? value - mean[i]! : 0));
    return dot(off, solve(covariance, off)) > limit;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Gauss-Jordan with pivots. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let c = 0; c < rows.length; c++) {
    let pivot = c;
    for (let r = c + 1; r < rows.length; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (const [r, row] of rows.entries()) {
      if (r === c) continue;
      const share = row[c]! / rows[c]![c]!;
      for (let k = c; k < row.length; k++) row[k]! -= share * rows[c]![k]!;
    }
  }
  return Float64Array.from(rows, (row, i) => row.at(-1)! / row[i]!);
}
