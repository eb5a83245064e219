import { newWatchState } from '@lifeline/detection';

/** Cuts the one state array of a watch into the parts of its components: views, so that a state copied in is at once theirs. */
export class StateSlices {
  readonly state: Float64Array;
  private used = 0;

  /** @param size floats of all parts together */
  constructor(size: number) {
    this.state = newWatchState(size);
  }

  /**
   * The next part.
   * @throws RangeError where the parts need more than the state holds: the sum given to the constructor is wrong
   */
  next(size: number): Float64Array {
    if (this.used + size > this.state.length) {
      throw new RangeError(`state of ${this.state.length} floats is full: ${this.used} used, ${size} more asked`);
    }
    this.used += size;
    return this.state.subarray(this.used - size, this.used);
  }
}
