import type { AlarmLimit, AlarmRule, Asset, Sensor } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import type { ReadingBlock } from '@lifeline/readings';
import { AssetWatches } from './asset-watches.js';
import type { AssetWatchPlan } from './asset-watch.js';
import { readEngineCheckpoint, writeEngineCheckpoint } from './engine-checkpoint.js';
import { createLimitEngine } from './engine.js';
import { FindingBook } from './finding-book.js';
import type { DetectionEngine, DetectionFigures, Feedback } from './port.js';

export interface DetectionEngineOptions {
  /** Makers of the watches of assets, a lifeline each. */
  readonly plans?: readonly AssetWatchPlan[];
  /** One line for the operator of the machine, where a watch fails. */
  readonly say?: (line: string) => void;
}

/**
 * The whole engine: each sensor by itself (limits, rates, silence, what is unlike its own past) and the watches of assets.
 * One cause, one alarm: a statistical finding does not begin while a limit of its sensor speaks, nor while a physics finding names
 * the sensor as one that carries it.
 */
export function createDetectionEngine(options: DetectionEngineOptions = {}): DetectionEngine {
  const { plans = [], say = () => undefined } = options;
  const sensors = new Map<number, Sensor>();
  let assets: readonly Asset[] = [];
  /** Sensors or assets changed: the watches are made anew before they are used again. */
  let isStale = false;
  let out: Condition[] = [];
  let tickedMs = -Infinity;
  let readings = 0;
  /** What a change ended, for the next feed or tick. */
  let withdrawn: Condition[] = [];

  const book = new FindingBook();
  const watches = new AssetWatches(plans, {
    say,
    found: (watchId, finding) => {
      if (sensors.has(finding.sensorNo)) book.take(watchId, finding, out);
    },
    setAside: (watchId) => book.dropWatches((other) => other === watchId, out),
  });
  const limits = createLimitEngine({
    follow: (sensorNo, atMs, value) => watches.take(sensorNo, atMs, value),
    isExplained: (sensorNo) => book.explains(sensors.get(sensorNo)?.sensorId ?? ''),
  });
  const figures: DetectionFigures = {
    get readings() {
      return readings;
    },
    findings: book.begun,
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
    sensors.set(sensor.sensorNo, sensor);
    limits.putSensor(sensor, gatewayId);
    isStale = true;
  }

  function removeSensor(sensorNo: number): void {
    if (!sensors.delete(sensorNo)) return;
    limits.removeSensor(sensorNo);
    book.forgetSensor(sensorNo);
    withdrawn = withdrawn.filter((condition) => condition.sensorNo !== sensorNo);
    isStale = true;
  }

  function putAssets(given: readonly Asset[]): void {
    assets = given;
    isStale = true;
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
    if (!isStale) return;
    isStale = false;
    out = withdrawn;
    watches.rebuild(assets, [...sensors.values()]);
    book.dropWatches((watchId) => watches.watch(watchId) === undefined, withdrawn);
  }

  function adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void {
    if (!sensors.has(sensorNo)) return;
    if (rule === 'group' || rule === 'physics') book.adopt(sensorNo, rule, sinceMs);
    else limits.adopt(sensorNo, rule, limit, sinceMs);
  }

  function feedback(given: Feedback, to: Condition[]): void {
    begin(to);
    limits.feedback(given, to);
    book.feedback(given, to);
  }

  function checkpoint(): Uint8Array {
    refresh();
    return writeEngineCheckpoint(limits.checkpoint(), [...watches.all()], { book: book.state(), tickedMs, withdrawn });
  }

  function restore(given: Uint8Array): void {
    refresh();
    const saved = readEngineCheckpoint(given);
    limits.restore(saved.limits);
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
