import type { Condition } from '@lifeline/alarms';
import { createDetectionEngine } from '../detection-engine.js';
import type { DetectionEngine } from '../port.js';
import { blockOf, sensorWith } from './builders.js';
import { planOf, type Script } from './scripted-watch.js';

export const SENSORS = [1, 2, 3, 4].map((sensorNo) => sensorWith({ sensorNo, type: 'P_MID', intervalS: 3_600 }));
/** Two tests whose findings sensor 1 carries, and one of sensor 4. */
export const SCRIPTS: readonly Script[] = [
  { watchId: 'a', cueNo: 2, leadNo: 1 },
  { watchId: 'b', cueNo: 3, leadNo: 1 },
  { watchId: 'c', cueNo: 4, leadNo: 4, rule: 'group' },
];

/** A whole engine with scripted watches; what it tells is gathered. */
export class Bench {
  readonly conditions: Condition[] = [];
  readonly said: string[] = [];
  readonly engine: DetectionEngine;

  constructor(scripts: readonly Script[] = SCRIPTS, ...more: readonly (readonly Script[])[]) {
    const plans = [planOf(...scripts), ...more.map((given) => planOf(...given))];
    this.engine = createDetectionEngine({ plans, say: (line) => this.said.push(line) });
    for (const sensor of SENSORS) this.engine.putSensor(sensor);
  }

  cue(sensorNo: number, atMs: number, value: number): this {
    this.engine.feed(blockOf([{ sensorNo, tMs: atMs, value }], atMs), this.conditions);
    return this;
  }

  tick(nowMs: number): this {
    this.engine.tick(nowMs, this.conditions);
    return this;
  }

  heard(): string[] {
    return this.conditions
      .splice(0)
      .filter(({ rule }) => rule === 'physics' || rule === 'group')
      .map((c) => `${c.change} ${c.sensorNo} ${c.rule} ${c.priority} ${c.atMs} ${c.reason.en}`);
  }
}
