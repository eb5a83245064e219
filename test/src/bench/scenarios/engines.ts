import type { Condition } from '@lifeline/alarms';
import {
  createDetectionEngine,
  createLimitEngine,
  watchGroups,
  watchSwaps,
  watchWildReadings,
  type DetectionEngine,
} from '@lifeline/detection';
import { LIFELINES, sensorsOf, type TriedEngine } from '@lifeline/devices';
import type { City } from '@lifeline/city';
import type { NewDevice } from '@lifeline/contracts';
import { createSigmaRule } from './sigma-rule.js';

/** Names of the engines tried side by side. */
export const OURS = 'engine';
export const LIMITS = 'limits';
export const SIGMA = 'sigma';

/** The whole engine as the detector runs it, limits (with rates and silence) alone, and the plain 3-sigma rule. */
export function enginesFor(
  city: City,
  devices: readonly NewDevice[],
  intervalScale: number,
): ReadonlyMap<string, TriedEngine> {
  const sensors = sensorsOf(devices, intervalScale);
  const gateways = new Map(devices.map(({ deviceId, gatewayId }) => [deviceId, gatewayId ?? null]));
  const put = <Engine extends Pick<DetectionEngine, 'putSensor'>>(engine: Engine): Engine => {
    for (const sensor of sensors) engine.putSensor(sensor, gateways.get(sensor.deviceId));
    return engine;
  };
  const whole = put(
    createDetectionEngine({
      plans: [...LIFELINES.map(({ watches }) => watches), watchGroups, watchSwaps, watchWildReadings],
      say: console.error,
    }),
  );
  whole.putAssets(city.assets);
  return new Map<string, TriedEngine>([
    [OURS, whole],
    [LIMITS, withoutBand(put(createLimitEngine()))],
    [SIGMA, createSigmaRule(sensors.length)],
  ]);
}

/** Limits alone: what the statistical band of that engine says is left out. */
function withoutBand(engine: TriedEngine): TriedEngine {
  const told: Condition[] = [];
  const pass = (out: Condition[]): void => {
    for (const condition of told) if (condition.rule !== 'statistical') out.push(condition);
    told.length = 0;
  };
  return {
    feed(block, out) {
      engine.feed(block, told);
      pass(out);
    },
    tick(nowMs, out) {
      engine.tick(nowMs, told);
      pass(out);
    },
  };
}
