import type { AlarmLimit, AlarmRule, Evidence } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import type { ReadingBlock } from '@lifeline/readings';
import { play, sensorsOf, type PlayOptions } from './play.js';

/** What of a detection engine a trial needs; every engine of `@lifeline/detection` fits, and so does a bare rule. */
export interface TriedEngine {
  feed(block: ReadingBlock, out: Condition[]): void;
  tick(nowMs: number, out: Condition[]): void;
}

/** An alarm as the operator would have heard of it. */
export interface TrialAlarm {
  readonly sensorId: string;
  readonly rule: AlarmRule;
  readonly limit: AlarmLimit;
  readonly change: 'begin' | 'worsen';
  /** Measured time at which the condition held. */
  readonly atMs: number;
  /** Clock when it was told: the readings that show it must have come. */
  readonly toldMs: number;
  readonly reason: string;
  readonly evidence: Evidence | null;
}

export interface TrialResult {
  readonly readings: number;
  /** Of each engine in the order in which it told them, ends left out. */
  readonly alarms: ReadonlyMap<string, readonly TrialAlarm[]>;
  /** Microseconds a reading of each engine, feeding and ticking. */
  readonly microsecondsPerReading: ReadonlyMap<string, number>;
}

/** Plays the city once, in event time, into engines side by side: they hear the very same readings. */
export function runTrial(options: PlayOptions, engines: ReadonlyMap<string, TriedEngine>): TrialResult {
  const idOf = new Map(sensorsOf(options.devices, options.intervalScale).map((one) => [one.sensorNo, one.sensorId]));
  const runs = [...engines].map(([name, engine]) => ({ name, engine, alarms: [] as TrialAlarm[], spentMs: 0 }));
  const out: Condition[] = [];
  const hear = (nowMs: number, work: (engine: TriedEngine) => void): void => {
    for (const run of runs) {
      const startedMs = performance.now();
      work(run.engine);
      run.spentMs += performance.now() - startedMs;
      for (const condition of out) {
        const { change } = condition;
        if (change !== 'end') run.alarms.push(alarmOf(condition, change, nowMs, idOf.get(condition.sensorNo) ?? ''));
      }
      out.length = 0;
    }
  };
  const { readings } = play(options, {
    feed: (block) => hear(block.arrivedAtMs, (engine) => engine.feed(block, out)),
    tick: (nowMs) => hear(nowMs, (engine) => engine.tick(nowMs, out)),
  });
  return {
    readings,
    alarms: new Map(runs.map(({ name, alarms }) => [name, alarms])),
    microsecondsPerReading: new Map(runs.map(({ name, spentMs }) => [name, (spentMs * 1000) / Math.max(1, readings)])),
  };
}

function alarmOf(condition: Condition, change: TrialAlarm['change'], toldMs: number, sensorId: string): TrialAlarm {
  const { rule, limit, atMs, reason, evidence } = condition;
  return { sensorId, rule, limit, change, atMs, toldMs, reason: reason.en, evidence: evidence ?? null };
}
