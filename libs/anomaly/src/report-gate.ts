import type { StateMemory } from './state-memory.js';

const [LAST, AGE] = [0, 1];
/** How much rarer than the last report a reading must be right after it: twice. */
const MARGIN_DECADES = 0.3;
/** What is weaker than this is no report and silences nothing. */
const FLOOR_DECADES = 0.3;

/**
 * Lets one event be told once: after a report, readings pass only when they are clearly rarer than it, by a bar that sinks evenly
 * to nothing over the quiet time. What deadband and off-delay are to limits (ISA-18.2), this is to scores.
 */
export class ReportGate {
  readonly #fields: Float64Array;
  readonly #quiet: number;

  constructor(memory: StateMemory, quietReadings: number) {
    this.#fields = memory.doubles(2);
    this.#quiet = quietReadings;
    this.#fields[AGE] = quietReadings;
  }

  /** Whether a reading of that rarity is worth a report of its own. */
  passes(decades: number): boolean {
    const f = this.#fields;
    f[AGE]!++;
    const bar = (f[LAST]! + MARGIN_DECADES) * Math.max(0, 1 - f[AGE]! / this.#quiet);
    if (!(decades > bar && decades > FLOOR_DECADES)) return false;
    f[LAST] = decades;
    f[AGE] = 0;
    return true;
  }
}
