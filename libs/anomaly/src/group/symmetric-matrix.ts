/**
 * Inverse of a symmetric positive definite matrix, by Cholesky's factors (Golub & Van Loan, Matrix Computations, 4.2).
 * @param matrix rows one after the other, size x size; its diagonal must outweigh rounding
 * @param inverse takes the result
 */
export function invertSymmetric(matrix: ArrayLike<number>, size: number, inverse: Float64Array): void {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j * size + j]!;
    }
  }
  const column = new Float64Array(size);
  for (let c = 0; c < size; c++) {
    for (let i = 0; i < size; i++) {
      let sum = i === c ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * column[k]!;
      column[i] = sum / factor[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = column[i]!;
      for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * column[k]!;
      column[i] = sum / factor[i * size + i]!;
    }
    for (let i = 0; i < size; i++) inverse[i * size + c] = column[i]!;
  }
}
