import type { Arena } from './arena.js';
import { ROW_DOUBLES } from './layout.js';
import type { LearnedFinding, LearnedSensor, Standing } from './port.js';

/** A sensor as the engine works with it. */
export interface Watched {
  readonly sensor: LearnedSensor;
  /** Between hours where readings come often enough to fill them. */
  readonly interpolates: boolean;
  /** Row of the covariate; 0, the header, where there is none. */
  covariateRow: number;
  /** Others depend on this one. */
  drives: boolean;
}

/** What the parts of the engine share while one reading is taken in: one object, used again. */
export class Context {
  doubles: Float64Array;
  floats: Float32Array;
  /** Places of the sensor's row in both. */
  d = 0;
  f = 0;
  watched!: Watched;
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

  constructor(private readonly arena: Arena) {
    this.doubles = arena.doubles;
    this.floats = arena.floats;
  }

  /** Points at a sensor. */
  enter(row: number, watched: Watched): void {
    this.doubles = this.arena.doubles;
    this.floats = this.arena.floats;
    this.d = row * ROW_DOUBLES;
    this.f = this.d * 2;
    this.watched = watched;
  }
}
