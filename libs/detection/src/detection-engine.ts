import { UTILITIES, type AlarmLimit, type AlarmRule, type Asset, type Sensor, type Utility } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import type { ReadingBlock } from '@lifeline/readings';
import type { LearnedOptions } from '@lifeline/anomaly';
import { AssetWatches } from './asset-watches.js';
import type { AssetWatchPlan } from './asset-watch.js';
import { readEngineCheckpoint, writeEngineCheckpoint } from './engine-checkpoint.js';
import { createLimitEngine } from './engine.js';
import { LearnedSensors } from './learned-sensors.js';
import { FindingBook } from './finding-book.js';
import type { DetectionEngine, DetectionFigures, Feedback } from './port.js';

export interface DetectionEngineOptions {
  /** Makers of the watches of assets, a lifeline each. */
  readonly plans?: readonly AssetWatchPlan[];
  /** Budgets of the engine that learns each sensor, and the city's calendar. */
  readonly learned?: LearnedOptions;
  /** One line for the operator of the machine, where a watch fails. */
  readonly say?: (line: string) => void;
}

/**
 * The whole engine: each sensor by itself (limits, rates, silence, what is unlike its own past) and the watches of assets.
 * One cause, one alarm: a statistical finding does not begin while a limit of its sensor speaks, nor while a physics finding names
 * the sensor as one that carries it, nor of what a model of its asset explains by weather, traffic or load.
 */
export function createDetectionEngine(options: DetectionEngineOptions = {}): DetectionEngine {
  const { plans = [], learned: learnedOptions = {}, say = () => undefined } = options;
  const sensors = new Map<number, Sensor>();
  const sensorNos = new Map<string, number>();
  let assets: readonly Asset[] = [];
  /** Sensors or assets of these changed: their watches are made anew before they are used again. */
  const stale = new Set<Utility>();
  let out: Condition[] = [];
  let tickedMs = -Infinity;
  let readings = 0;
  /** What a change ended, for the next feed or tick. */
  let withdrawn: Condition[] = [];
  let buffer: Uint8Array = new Uint8Array(0);

  const book = new FindingBook((sensorId) => sensorNos.get(sensorId));
  const watches = new AssetWatches(plans, {
    say,
    found: (watchId, finding) => {
      if (sensors.has(finding.sensorNo)) book.take(watchId, finding, out);
    },
    setAside: (watchId) => book.dropWatches((other) => other === watchId, out),
  });
  const learned = new LearnedSensors({
    ...learnedOptions,
    isExplained: (sensorNo, atMs, away, overMs) => watches.explains(sensorNo, atMs, away, overMs),
  });
  const limits = createLimitEngine({
    follow(sensorNo, atMs, value, isGood, limitSpeaks) {
      watches.take(sensorNo, atMs, value);
      const speaks = limitSpeaks || book.explains(sensorNo);
      learned.take(sensorNo, atMs, value, isGood ? (speaks ? 'limit-speaks' : 'good') : 'untrusted', out);
    },
  });
  const figures: DetectionFigures = {
    get readings() {
      return readings;
    },
    get findings() {
      return new Map([...learned.begun, ...book.begun]);
    },
    get watches() {
      return watches.size;
    },
    get setAside() {
      return watches.faults;
    },
  };

  return {
    putSensor,
    removeSensor,
    putAssets,
    feed,
    tick,
    adopt,
    feedback,
    checkpoint,
    restore,
    passedOver: limits.passedOver,
    figures,
  };

  function putSensor(sensor: Sensor, gatewayId: string | null = null): void {
    const before = sensors.get(sensor.sensorNo);
    // A device that was renamed brings its sensors as they were: no watch need be made anew.
    if (JSON.stringify(before) !== JSON.stringify(sensor)) {
      if (before) stale.add(before.utility);
      stale.add(sensor.utility);
    }
    sensors.set(sensor.sensorNo, sensor);
    sensorNos.set(sensor.sensorId, sensor.sensorNo);
    limits.putSensor(sensor, gatewayId);
    learned.put(sensor, withdrawn);
  }

  function removeSensor(sensorNo: number): void {
    const sensor = sensors.get(sensorNo);
    if (!sensor) return;
    sensors.delete(sensorNo);
    sensorNos.delete(sensor.sensorId);
    limits.removeSensor(sensorNo);
    learned.remove(sensorNo);
    book.forgetSensor(sensorNo);
    withdrawn = withdrawn.filter((condition) => condition.sensorNo !== sensorNo);
    stale.add(sensor.utility);
  }

  function putAssets(given: readonly Asset[]): void {
    assets = given;
    for (const utility of UTILITIES) stale.add(utility);
  }

  function feed(block: ReadingBlock, to: Condition[]): void {
    begin(to);
    readings += block.sensorNo.length;
    limits.feed(block, to);
  }

  function tick(nowMs: number, to: Condition[]): void {
    begin(to);
    limits.tick(nowMs, to);
    if (!Number.isFinite(nowMs) || nowMs < tickedMs) return;
    tickedMs = nowMs;
    watches.tick(nowMs);
    book.tick(nowMs, (sensorNo) => watches.isWatched(sensorNo), to);
  }

  function begin(to: Condition[]): void {
    refresh();
    out = to;
    if (withdrawn.length === 0) return;
    to.push(...withdrawn);
    withdrawn = [];
  }

  function refresh(): void {
    if (stale.size === 0) return;
    out = withdrawn;
    const all = [...sensors.values()];
    for (const utility of stale) {
      const isOf = (one: { readonly utility: Utility }) => one.utility === utility;
      watches.rebuild(utility, assets.filter(isOf), all.filter(isOf));
    }
    stale.clear();
    book.dropWatches((watchId) => watches.watch(watchId) === undefined, withdrawn);
  }

  function adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void {
    if (!sensors.has(sensorNo)) return;
    if (rule === 'group' || rule === 'physics') book.adopt(sensorNo, rule, sinceMs);
    else if (rule === 'statistical') learned.adopt(sensorNo, sinceMs);
    else limits.adopt(sensorNo, rule, limit, sinceMs);
  }

  function feedback(given: Feedback, to: Condition[]): void {
    begin(to);
    learned.feedback(given, to);
    for (const { watchId, test } of book.feedback(given, to))
      watches.feedback(watchId, given.verdict, test, given.atMs);
  }

  function checkpoint(): Uint8Array {
    refresh();
    const rest = { book: book.state(), tickedMs, withdrawn };
    buffer = writeEngineCheckpoint(limits.checkpoint(), learned.checkpoint(), [...watches.all()], rest, buffer);
    return buffer;
  }

  function restore(given: Uint8Array): void {
    refresh();
    const saved = readEngineCheckpoint(given);
    limits.restore(saved.limits);
    try {
      learned.restore(saved.learned);
    } catch (error) {
      // Another version of what was learned: limits, watches and alarms go on all the same.
      say(`What was usual of each sensor is learned anew: ${error instanceof Error ? error.message : String(error)}`);
    }
    const known = new Set<string>();
    for (const watch of watches.all()) {
      const state = saved.states.get(watch.watchId);
      if (state?.length !== watch.state.length) continue;
      watch.state.set(state);
      known.add(watch.watchId);
    }
    book.restore(
      saved.rest.book,
      (watchId) => known.has(watchId),
      (sensorNo) => sensors.has(sensorNo),
    );
    tickedMs = saved.rest.tickedMs ?? -Infinity;
    withdrawn = saved.rest.withdrawn.filter(({ sensorNo }) => sensors.has(sensorNo));
  }
}
