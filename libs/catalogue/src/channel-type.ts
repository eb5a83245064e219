import type { Priority, Utility } from '@lifeline/contracts';

/** A word or unit as both languages show it. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Default limits in the type's unit, delays in seconds, as a sensor's `limits`; null watches nothing. */
export interface TypeLimits {
  readonly lowLow: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly highHigh: number | null;
  readonly deadband: number | null;
  readonly onDelayS: number | null;
  readonly offDelayS: number | null;
  readonly ratePerMinute: number | null;
}

/** Of the reading (percent), or in the unit. */
export type Accuracy =
  { readonly kind: 'absolute'; readonly value: number } | { readonly kind: 'of-reading'; readonly percent: number };

export interface LimitPriorities {
  readonly lowLow: Priority;
  readonly low: Priority;
  readonly high: Priority;
  readonly highHigh: Priority;
}

/** One type of channel: what is measured, how it is shown and what is usual. */
export interface ChannelType {
  /** Code of the domain catalogue, e.g. `P_MID`. */
  readonly code: string;
  readonly utility: Utility;
  readonly name: Words;
  /** UCUM code. */
  readonly unit: string;
  /** The unit as people read it. */
  readonly unitLabel: Words;
  /** Physical range of the instrument. */
  readonly range: { readonly low: number; readonly high: number };
  /** Where the value lies on ordinary days; null where only the site knows. */
  readonly usual: { readonly low: number; readonly high: number } | null;
  readonly accuracy: Accuracy;
  /** Decimals worth showing. */
  readonly decimals: number;
  /** Sampling interval in seconds; null where a reading comes with an event (a vehicle). */
  readonly intervalS: number | null;
  /** Interval while something is wrong, where the device then reports faster. */
  readonly alarmIntervalS: number | null;
  readonly limits: TypeLimits;
  /** Time over which the domain states the rate of change (0.1 in 1 h: 3600); null without a rate. */
  readonly rateWindowS: number | null;
  readonly priorities: LimitPriorities;
  /** The level at which people are in danger now (level 1): at or over it a limit alarm is red. */
  readonly redAbove: { readonly value: number; readonly onDelayS: number } | null;
  /**
   * Smallest deviation from what is usual that matters, in the unit, for statistical findings; null where ordinary days
   * jump (rain, vehicles, pumps) so that a statistical rule without a model would only cry wolf.
   */
  readonly minDeviation: number | null;
  /** How limits are set where they depend on the design, the base or the site: the absolute ones are then null. */
  readonly relativeLimits: Words | null;
  /** Section of the domain defaults with the tag of its figures ([P] a default of this project, editable). */
  readonly source: string;
}
