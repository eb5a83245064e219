import type { Detector, ReadingView } from './detector.js';

/**
 * The reading against its hour of the day, in usual spreads of the series. Of all days alike, so it sees holidays and working
 * days on which the other's course is taken, and knows something after one day already.
 */
export class OffDay implements Detector {
  readonly reason = 'off-day';

  strength({ value, spread, day }: ReadingView): number {
    return Math.abs(value - day) / spread;
  }
}
