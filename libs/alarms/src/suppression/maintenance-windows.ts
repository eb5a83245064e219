import {
  windowEndMs,
  type AlarmTransition,
  type MaintenanceKind,
  type MaintenanceScope,
  type MaintenanceWindow,
} from '@lifeline/contracts';
import type { Explanation, Explanations } from './explanation.js';

export interface WindowPorts {
  /** District of an asset; null where it is unknown. */
  readonly districtOf: (assetId: string) => string | null;
  /** Whether the alarm means gas where people are, so that no window hides it that does not say so. */
  readonly isGasDanger: (alarm: AlarmTransition) => boolean;
}

/** The windows as explanations. A window that was told twice, or in an older version, changes nothing. */
export interface MaintenanceWindows extends Explanations {
  /** Gives whether it was new. */
  fold(window: MaintenanceWindow): boolean;
  all(): readonly MaintenanceWindow[];
  restore(windows: readonly MaintenanceWindow[]): void;
}

const PREFIX = 'maintenance.';
/** An old version of what was forgotten must not come back from the log: the log is never read again so far. */
const REMEMBERED_MS = 2 * 86_400_000;

const KIND_WORDS: Readonly<Record<MaintenanceKind, readonly [en: string, zh: string]>> = {
  inspection: ['inspection', '巡检'],
  calibration: ['calibration', '校准'],
  repair: ['repair', '维修'],
  replacement: ['replacement', '更换'],
  construction: ['construction', '施工'],
  switching: ['switching', '倒闸操作'],
  drill: ['drill', '演练'],
};

/** What a covered sensor is known by. */
export interface Covered {
  readonly sensorId: string;
  readonly assetId: string | null;
  readonly utility: AlarmTransition['utility'];
}

/** Whether the scope covers a sensor; the area's district is that of the sensor's asset. */
export function isCovered(
  { sensorIds, deviceIds, assetIds, areas }: MaintenanceScope,
  { sensorId, assetId, utility }: Covered,
  districtOf: WindowPorts['districtOf'],
): boolean {
  if (sensorIds.includes(sensorId)) return true;
  if (deviceIds.length > 0 && deviceIds.includes(sensorId.slice(0, sensorId.indexOf('/')))) return true;
  if (assetId === null) return false;
  if (assetIds.includes(assetId)) return true;
  return areas.some((area) => area.utility === utility && area.district === districtOf(assetId));
}

/** Memory is one window each, until two days after its planned end. */
export function createMaintenanceWindows({ districtOf, isGasDanger }: WindowPorts): MaintenanceWindows {
  const known = new Map<string, MaintenanceWindow>();

  return {
    fold(window) {
      const before = known.get(window.windowId);
      if (before && before.version >= window.version) return false;
      known.set(window.windowId, window);
      return true;
    },
    all: () => [...known.values()],
    restore(windows) {
      known.clear();
      for (const window of windows) known.set(window.windowId, window);
    },
    of(alarm, atMs) {
      const found: Explanation[] = [];
      for (const window of known.values()) {
        if (atMs < window.fromMs || atMs >= windowEndMs(window)) continue;
        if (!isCovered(window.scope, alarm, districtOf)) continue;
        if (isNeverHidden(alarm) && !window.coversGasDanger) continue;
        found.push(explanationOf(window));
      }
      // The order in which they were told must not show.
      if (found.length > 1) found.sort((a, b) => a.sinceMs - b.sinceMs || (a.by < b.by ? -1 : 1));
      return found;
    },
    endedAtMs(by) {
      const window = by.startsWith(PREFIX) ? known.get(by.slice(PREFIX.length)) : undefined;
      if (!window) return null;
      // Where it covers less than before, what it lost ended with the change.
      return Math.min(windowEndMs(window), window.version > 1 ? window.changedAtMs : Infinity);
    },
    follow: () => undefined,
    forget(nowMs) {
      for (const [windowId, { toMs, endedAtMs }] of known)
        if (Math.max(toMs, endedAtMs ?? 0) < nowMs - REMEMBERED_MS) known.delete(windowId);
    },
  };

  function isNeverHidden(alarm: AlarmTransition): boolean {
    return alarm.priority === 'red' && isGasDanger(alarm);
  }
}

/** Since its begin; where it was written down after that, since then. */
function explanationOf({ windowId, kind, worker, permit, fromMs, createdAtMs }: MaintenanceWindow): Explanation {
  const [en, zh] = KIND_WORDS[kind];
  return {
    by: PREFIX + windowId,
    words: {
      en: `Planned work (${en}) by ${worker}, permit ${permit}`,
      zh: `计划作业（${zh}）：${worker}，工作票 ${permit}`,
    },
    sinceMs: Math.max(fromMs, createdAtMs),
  };
}
