import { QUALITY_OF_REASON, QUALITY_REASONS } from '@lifeline/contracts';

/** Marks whose quality is bad: such readings are kept and shown, and count in no minimum, maximum or mean. */
export const BAD_MARKS: readonly number[] = QUALITY_REASONS.flatMap((reason, mark) =>
  QUALITY_OF_REASON[reason] === 'bad' ? [mark] : [],
);

/**
 * A reading of a clock that runs ahead is never the newest: it would hide all that the sensor says until that day comes.
 */
export const CLOCK_FUTURE_MARK = QUALITY_REASONS.indexOf('clock-future');

/** Its column may still hold what was written before it at the same time: the mark decides. */
export const NOT_A_NUMBER_MARK = QUALITY_REASONS.indexOf('not-a-number');
