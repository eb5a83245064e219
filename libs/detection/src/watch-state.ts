/** Doubles of a piece that many states share: a small array of its own costs more than what it holds. */
const PIECE = 32_768;
let piece = new Float64Array(0);
let used = 0;

/**
 * Zeros for the state of a watch, cut from a piece that many share: a city's watches are made anew with a change of its registry, by
 * the thousand. A piece is given back when none of its states is used any more.
 */
export function newWatchState(size: number): Float64Array {
  if (size > PIECE / 8) return new Float64Array(size);
  if (used + size > piece.length) {
    piece = new Float64Array(PIECE);
    used = 0;
  }
  used += size;
  return piece.subarray(used - size, used);
}
