import { QUALITY_REASONS, type QualityReason, type Sensor } from '@lifeline/contracts';
import { channelType } from '@lifeline/catalogue';
import { DUPLICATE } from './reading-block.js';
import { RecentReadings } from './recent-readings.js';
import { SensorHabits } from './sensor-habits.js';

/** A measured time ahead of the arrival by more than this is a wrong clock: NTP holds devices within seconds. */
export const CLOCK_AHEAD_MS = 5 * 60_000;
/** No sensor of ours measured before; devices that lost their clock begin in 1970. */
export const CLOCK_BEGIN_MS = Date.UTC(2000, 0, 1);
/** A reading is late where it is older at its arrival than ten intervals, at least ten minutes. */
export const LATE_INTERVALS = 10;
export const LATE_AT_LEAST_MS = 10 * 60_000;

const code = (reason: QualityReason) => QUALITY_REASONS.indexOf(reason);
const NONE = code('none');
const NOT_A_NUMBER = code('not-a-number');
const UNIT_MISMATCH = code('unit-mismatch');
const OUT_OF_RANGE = code('out-of-range');
const CLOCK_FUTURE = code('clock-future');
const CLOCK_PAST = code('clock-past');
const LATE = code('late');
const STUCK = code('stuck');
const SPIKE = code('spike');

/** What the gate must know of a sensor; `Sensor` fits. */
export type GatedSensor = Pick<Sensor, 'sensorNo' | 'type' | 'unit' | 'intervalS' | 'range'>;

/**
 * Gives each reading its mark as it arrives (see ReadingBlock.mark). Pure of input and clock; causal: a mark depends on the
 * readings before alone. One pass, O(1) a reading, state in typed arrays: 72 bytes a sensor, and 25 MB to know repeats.
 *
 * The first that fits of: not-a-number, unit-mismatch, out-of-range, clock-future, clock-past (bad: none of these teaches
 * anything), late, stuck, spike (uncertain). What comes out of measured order, or again, is judged by neither stuck nor spike,
 * and so is a type of the catalogue that reports events: each vehicle has its own weight, two like ones mean nothing.
 */
export class QualityGate {
  private readonly habits = new SensorHabits();

  constructor(private readonly recent = new RecentReadings()) {}

  /**
   * @param unit the unit the message names, where it names one
   * @returns position in QUALITY_REASONS, with DUPLICATE where the same sensor and measured time came lately
   */
  mark(
    sensor: GatedSensor,
    measuredAtMs: number,
    value: number,
    arrivedAtMs: number,
    unit: string | undefined,
  ): number {
    const { sensorNo } = sensor;
    const bad = badness(sensor, measuredAtMs, value, arrivedAtMs, unit);
    if (bad !== NONE) return bad | this.repeats(sensorNo, measuredAtMs);
    const lateAfterMs = Math.max(sensor.intervalS * 1000 * LATE_INTERVALS, LATE_AT_LEAST_MS);
    const isLate = arrivedAtMs - measuredAtMs > lateAfterMs;
    if (!this.habits.isNewest(sensorNo, measuredAtMs)) {
      return (isLate ? LATE : NONE) | this.repeats(sensorNo, measuredAtMs);
    }
    // Later than all that was good: no look-up is needed to know that it is new. (A bad one at this very time counts twice.)
    this.recent.add(sensorNo, measuredAtMs);
    const habit = this.habits.take(sensorNo, measuredAtMs, value, sensor.range);
    if (isLate) return LATE;
    // Asked last, so that the ordinary reading needs no look-up.
    if (habit === 'usual' || reportsEvents(sensor)) return NONE;
    return habit === 'stuck' ? STUCK : SPIKE;
  }

  private repeats(sensorNo: number, measuredAtMs: number): number {
    return this.recent.seen(sensorNo, measuredAtMs) ? DUPLICATE : 0;
  }

  /** Takes a reading that is in the log already (after a start), so that its repeat is known as one. */
  remember(sensorNo: number, measuredAtMs: number): void {
    this.recent.seen(sensorNo, measuredAtMs);
    this.habits.reach(sensorNo, measuredAtMs);
  }

  /** A reading that was marked but could not be kept: when the device sends it again, it is no repeat. */
  forget(sensorNo: number, measuredAtMs: number): void {
    this.recent.forget(sensorNo, measuredAtMs);
  }
}

function reportsEvents(sensor: GatedSensor): boolean {
  return channelType(sensor.type)?.intervalS === null;
}

function badness(
  sensor: GatedSensor,
  measuredAtMs: number,
  value: number,
  arrivedAtMs: number,
  unit: string | undefined,
): number {
  if (!Number.isFinite(value)) return NOT_A_NUMBER;
  if (unit !== undefined && unit !== sensor.unit) return UNIT_MISMATCH;
  const { range } = sensor;
  if (range !== null && (value < range.low || value > range.high)) return OUT_OF_RANGE;
  if (measuredAtMs > arrivedAtMs + CLOCK_AHEAD_MS) return CLOCK_FUTURE;
  if (measuredAtMs < CLOCK_BEGIN_MS) return CLOCK_PAST;
  return NONE;
}
