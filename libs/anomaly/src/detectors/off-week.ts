import type { Detector, ReadingView } from './detector.js';

/** A slot that was always the same still allows for this share of the usual spread. */
const LEAST_SHARE_OF_SPREAD = 0.3;

/**
 * The reading against its hour of the week, measured by how much that hour usually varies: a quiet night hears a whisper that a
 * busy morning does not. The residual of a seasonal mean over its own mean absolute deviation.
 */
export class OffWeek implements Detector {
  readonly reason = 'off-week';

  strength({ value, spread, expected, deviation }: ReadingView): number {
    return Math.abs(value - expected) / (LEAST_SHARE_OF_SPREAD * spread + deviation);
  }
}
