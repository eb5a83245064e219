import type { Condition } from '@lifeline/alarms';
import { QUALITY_REASONS, type AlarmRule, type Asset, type Sensor } from '@lifeline/contracts';
import { createDetectionEngine } from '@lifeline/detection';
import { LIFELINES } from '@lifeline/devices';
import { QualityGate } from '@lifeline/readings';
import type { BacktestSource, ReadingGroup } from './backtest-source.js';

/** A live block holds what came within so long. */
const BLOCK_MS = 1000;
/** The clock is told so often: well within the time after which an engine thinks that nobody watched. */
const TICK_MS = 10_000;
const BAD = QUALITY_REASONS.indexOf('out-of-range');

export interface BacktestAlarm {
  readonly sensorId: string;
  readonly rule: AlarmRule;
  readonly limit: string;
  readonly priority: string;
  /** Measured time at which the condition held. */
  readonly raisedAtMs: number;
  /** Null where it was still on at the end. */
  clearedAtMs: number | null;
  readonly value: number | null;
  readonly reason: string;
}

export interface BacktestRun {
  readonly alarms: readonly BacktestAlarm[];
  readonly readings: number;
  /** Measured times of the first and the last reading; NaN where there was none. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface BacktestRunOptions {
  /** Only what these say is told. */
  readonly rules: ReadonlySet<AlarmRule>;
  readonly assets: readonly Asset[];
  readonly onProgress: (readings: number, atMs: number) => void;
}

/** Plays a source into the detector's engine in event time: each reading arrives when it was measured. */
export async function runBacktest(source: BacktestSource, options: BacktestRunOptions): Promise<BacktestRun> {
  const { rules } = options;
  const engine = createDetectionEngine({
    plans: rules.has('group') || rules.has('physics') ? LIFELINES.map(({ watches }) => watches) : [],
    say: (line) => console.error(line),
  });
  const byNo = new Map(source.sensors.map((sensor) => [sensor.sensorNo, sensor]));
  for (const sensor of source.sensors) engine.putSensor(watched(sensor, rules), source.gatewayOf(sensor.deviceId));
  engine.putAssets(options.assets);
  const alarms: BacktestAlarm[] = [];
  const standing = new Map<string, BacktestAlarm>();
  const gate = new QualityGate();
  const out: Condition[] = [];
  let [readings, fromMs, toMs, tickedMs] = [0, NaN, NaN, NaN];

  for await (const group of source.groups()) {
    for (let at = 0; at < group.value.length;) {
      const end = endOfBlock(group, at);
      const arrivedAtMs = group.measuredAtMs[end - 1]!;
      if (readings === 0) fromMs = tickedMs = group.measuredAtMs[at]!;
      tickUntil(group.measuredAtMs[at]!);
      engine.feed(blockOf(group, at, end, arrivedAtMs), out);
      take();
      readings += end - at;
      toMs = arrivedAtMs;
      at = end;
    }
    options.onProgress(readings, toMs);
  }
  tickUntil(toMs);
  return { alarms, readings, fromMs, toMs };

  function tickUntil(atMs: number): void {
    for (; tickedMs <= atMs; tickedMs += TICK_MS) {
      engine.tick(tickedMs, out);
      take();
    }
  }

  function blockOf(group: ReadingGroup, from: number, to: number, arrivedAtMs: number) {
    const sensorNo = Uint32Array.from(group.sensorNo.slice(from, to));
    const measuredAtMs = Float64Array.from(group.measuredAtMs.slice(from, to));
    const value = Float64Array.from(group.value.slice(from, to));
    const mark = Uint8Array.from(value, (one, i) => {
      const marked = gate.mark(byNo.get(sensorNo[i]!)!, measuredAtMs[i]!, one, arrivedAtMs, undefined);
      return group.isBad[from + i] === 1 ? BAD : marked;
    });
    return { arrivedAtMs, inlet: 'backtest', sensorNo, measuredAtMs, value, mark };
  }

  function take(): void {
    for (const condition of out) if (rules.has(condition.rule)) takeCondition(condition);
    out.length = 0;
  }

  function takeCondition({ sensorNo, rule, change, limit, priority, atMs, value, reason }: Condition): void {
    const key = `${sensorNo}/${rule}`;
    const open = standing.get(key);
    if (change === 'end') {
      if (open) open.clearedAtMs = atMs;
      standing.delete(key);
      return;
    }
    if (open) return;
    const { sensorId } = byNo.get(sensorNo)!;
    const alarm: BacktestAlarm = {
      sensorId,
      rule,
      limit,
      priority,
      raisedAtMs: atMs,
      clearedAtMs: null,
      value,
      reason: reason.en,
    };
    alarms.push(alarm);
    standing.set(key, alarm);
  }
}

/** Where what came within a block's time of row `from` ends. */
function endOfBlock({ measuredAtMs }: ReadingGroup, from: number): number {
  const untilMs = measuredAtMs[from]! + BLOCK_MS;
  let end = from + 1;
  while (end < measuredAtMs.length && measuredAtMs[end]! < untilMs) end++;
  return end;
}

/** A rule that is not asked for must not hold another one back: the sensor is then put without its limits. */
function watched(sensor: Sensor, rules: ReadonlySet<AlarmRule>): Sensor {
  const { ratePerMinute, staleAfterS, ...levels } = sensor.limits;
  return {
    ...sensor,
    limits: {
      ...(rules.has('limit') ? levels : {}),
      ...(rules.has('rate') ? { ratePerMinute } : {}),
      staleAfterS,
    },
  };
}
