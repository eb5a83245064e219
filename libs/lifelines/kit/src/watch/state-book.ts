import { newWatchState } from '@lifeline/detection';

/** Hands out the places of a watch's one state array, in the order asked, and makes it. */
export class StateBook {
  private fields = 0;

  /** First of so many places. */
  take(fields: number): number {
    const at = this.fields;
    this.fields += fields;
    return at;
  }

  make(): Float64Array {
    return newWatchState(this.fields);
  }
}
