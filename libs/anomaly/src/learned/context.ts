import type { Arena } from './arena.js';
import { ROW_DOUBLES } from './layout.js';
import type { LearnedFinding, LearnedSensor, Standing } from './port.js';

/** What the parts of the engine share while one reading is taken in: one object, used again. */
export class Context {
  doubles: Float64Array;
  floats: Float32Array;
  /** Places of the sensor's row in both. */
  d = 0;
  f = 0;
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
  ) {
    this.doubles = arena.doubles;
    this.floats = arena.floats;
  }

  /** Points at a sensor. */
  enter(row: number): void {
    this.doubles = this.arena.doubles;
    this.floats = this.arena.floats;
    this.d = row * ROW_DOUBLES;
    this.f = this.d * 2;
  }

  /** The sensor in words, for what is told of it; not for each reading, since it lies elsewhere in memory. */
  sensor(): LearnedSensor {
    const sensor = this.sensors[this.d / ROW_DOUBLES];
    if (!sensor) throw new RangeError(`row ${this.d / ROW_DOUBLES} has no sensor`);
    return sensor;
  }
}
