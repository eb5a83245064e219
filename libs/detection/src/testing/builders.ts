import type { QualityReason, Sensor } from '@lifeline/contracts';
import { QUALITY_REASONS } from '@lifeline/contracts';
import { DUPLICATE, type ReadingBlock } from '@lifeline/readings';
import type { Condition } from '@lifeline/alarms';
import { createLimitEngine } from '../engine.js';
import type { LimitEngine } from '../port.js';

/** Builders of the tests. */

export function sensorWith(over: Partial<Sensor> = {}): Sensor {
  const sensorNo = over.sensorNo ?? 1;
  return {
    sensorId: `dev-${sensorNo}/pressure`,
    sensorNo,
    deviceId: `dev-${sensorNo}`,
    channel: 'pressure',
    utility: 'gas',
    name: 'Pressure',
    unit: 'kPa',
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 10,
    range: null,
    limits: {},
    ...over,
  };
}

export interface Given {
  readonly sensorNo?: number;
  readonly tMs: number;
  readonly value: number;
  readonly reason?: QualityReason;
  readonly duplicate?: boolean;
  readonly arrivedAtMs?: number;
}

export function blockOf(given: readonly Given[], arrivedAtMs: number): ReadingBlock {
  return {
    arrivedAtMs,
    inlet: 'test',
    sensorNo: Uint32Array.from(given, (g) => g.sensorNo ?? 1),
    measuredAtMs: Float64Array.from(given, (g) => g.tMs),
    value: Float64Array.from(given, (g) => g.value),
    mark: Uint8Array.from(given, (g) => QUALITY_REASONS.indexOf(g.reason ?? 'none') | (g.duplicate ? DUPLICATE : 0)),
  };
}

/** An engine with its sensors, fed reading by reading, each arriving as it is measured; conditions are gathered. */
export class Bench {
  readonly engine: LimitEngine;
  readonly conditions: Condition[] = [];

  constructor(...sensors: readonly Sensor[]) {
    this.engine = this.made();
    for (const sensor of sensors) this.engine.putSensor(sensor);
  }

  protected made(): LimitEngine {
    return createLimitEngine();
  }

  /** Registers the sensors, or moves them, behind a gateway. */
  behind(gatewayId: string | null, ...sensors: readonly Sensor[]): this {
    for (const sensor of sensors) this.engine.putSensor(sensor, gatewayId);
    return this;
  }

  read(tMs: number, value: number, over: Partial<Given> = {}): this {
    this.engine.feed(blockOf([{ tMs, value, ...over }], over.arrivedAtMs ?? tMs), this.conditions);
    return this;
  }

  tick(nowMs: number): this {
    this.engine.tick(nowMs, this.conditions);
    return this;
  }

  /** `change limit atMs`, one a condition since the last call. */
  heard(): string[] {
    return this.conditions.splice(0).map((c) => `${c.change} ${c.limit} ${c.atMs}`);
  }
}
