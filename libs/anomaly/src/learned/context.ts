import type { Arena } from './arena.js';
import { ROW_DOUBLES, SETTINGS } from './layout.js';
import type { LearnedFinding, LearnedOptions, LearnedSensor, Standing } from './port.js';

/** What the parts of the engine share while one reading is taken in: one object, used again. */
export class Context {
  doubles: Float64Array;
  floats: Float32Array;
  /** Whole numbers of two bytes in the same rows. */
  small: Uint16Array;
  /** What the registry says of the sensors, beside the rows. */
  settings: Float32Array;
  /** Places of the sensor's row in each. */
  d = 0;
  f = 0;
  s = 0;
  k = 0;
  atMs = 0;
  /** `atMs` in local time. */
  localMs = 0;
  value = 0;
  /** What is expected by level, season and covariate. */
  base = 0;
  /** Factor on the bands of the fast course: more than 1 where one kind of day turns into another. */
  looseness = 1;
  standing: Standing = 'good';
  out: LearnedFinding[] = [];

  constructor(
    private readonly arena: Arena,
    private readonly sensors: readonly (LearnedSensor | undefined)[],
    private readonly isExplained: LearnedOptions['isExplained'],
  ) {
    this.doubles = arena.doubles;
    this.floats = arena.floats;
    this.small = arena.small;
    this.settings = arena.settings;
  }

  /** Points at a sensor. */
  enter(row: number): void {
    this.doubles = this.arena.doubles;
    this.floats = this.arena.floats;
    this.small = this.arena.small;
    this.settings = this.arena.settings;
    this.d = row * ROW_DOUBLES;
    this.f = this.d * 2;
    this.s = this.d * 4;
    this.k = row * SETTINGS;
  }

  /** Whether something ordinary is known to move the value by so much. */
  explains(away: number, overMs: number): boolean {
    return this.isExplained?.(this.sensor().sensorNo, this.atMs, away, overMs) ?? false;
  }

  /** The sensor in words, for what is told of it; not for each reading, since it lies elsewhere in memory. */
  sensor(): LearnedSensor {
    const sensor = this.sensors[this.d / ROW_DOUBLES];
    if (!sensor) throw new RangeError(`row ${this.d / ROW_DOUBLES} has no sensor`);
    return sensor;
  }
}
