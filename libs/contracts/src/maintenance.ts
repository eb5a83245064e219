import { z } from 'zod';
import { utilitySchema } from './registry.js';

/** Maintenance windows: planned work, during which alarms of what is worked on are suppressed by design (ISA-18.2, state H). */

/** [P] The longest window; longer work is a further window, so that somebody looks at it again. */
export const LONGEST_WINDOW_DAYS = 14;
export const LONGEST_WINDOW_MS = LONGEST_WINDOW_DAYS * 86_400_000;
/** [P] How long ahead work may be planned. */
export const FURTHEST_WINDOW_DAYS = 366;
/** [P] How long before it is written down a window may have begun: work that began a moment ago, or at the shift's start. */
export const WINDOW_BEGUN_MOST_MS = 12 * 3_600_000;

export const MAINTENANCE_KINDS = [
  'inspection',
  'calibration',
  'repair',
  'replacement',
  'construction',
  'switching',
  'drill',
] as const;
/** The kind of work. */
export type MaintenanceKind = (typeof MAINTENANCE_KINDS)[number];

const ids = z.array(z.string().trim().min(1).max(140)).max(200).default([]);

/** What is worked on: the sensors named, those of the devices, those on the assets, and those of a lifeline in a district. */
export const maintenanceScopeSchema = z
  .strictObject({
    sensorIds: ids,
    deviceIds: ids,
    assetIds: ids,
    areas: z
      .array(z.strictObject({ district: z.string().trim().min(1).max(64), utility: utilitySchema }))
      .max(50)
      .default([]),
  })
  .refine(
    (scope) => scope.sensorIds.length + scope.deviceIds.length + scope.assetIds.length + scope.areas.length > 0,
    'must name at least one sensor, device, asset or district',
  );
export type MaintenanceScope = z.infer<typeof maintenanceScopeSchema>;

/** What an engineer says of a window. */
export const maintenanceContentSchema = z.strictObject({
  fromMs: z.number().positive(),
  /** The first moment that is not within it. */
  toMs: z.number().positive(),
  kind: z.enum(MAINTENANCE_KINDS),
  scope: maintenanceScopeSchema,
  /** Who does the work. */
  worker: z.string().trim().min(1).max(120),
  /** Number of the permit to work. */
  permit: z.string().trim().min(1).max(120),
  note: z.string().trim().max(500).default(''),
  /**
   * Suppresses priority-1 alarms of methane and leaks as well. Without it those are announced whatever is worked on: gas that
   * escapes during the work is the very danger of it.
   */
  coversGasDanger: z.boolean().default(false),
});
export type MaintenanceContent = z.infer<typeof maintenanceContentSchema>;

/** A window as it stands; the record of the stream `actions` holds it whole, the newest version counts. */
export const maintenanceWindowSchema = maintenanceContentSchema.extend({
  windowId: z.string(),
  /** 1, then one more each change. */
  version: z.int().positive(),
  createdBy: z.string(),
  createdAtMs: z.number(),
  changedBy: z.string(),
  changedAtMs: z.number(),
  /** When a person ended it before `toMs`, or called it off before it began; null: nobody did. */
  endedAtMs: z.number().nullable(),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindowSchema>;

/** A window with how much it holds back now, as REST lists it. */
export const listedWindowSchema = maintenanceWindowSchema.extend({
  /** Sensors of the registry that it covers. */
  sensors: z.int(),
  /** Alarms that it keeps from being announced now, and those of them whose condition is true. */
  held: z.int(),
  heldActive: z.int(),
});
export type ListedWindow = z.infer<typeof listedWindowSchema>;

/** What the gateway tells the detector in the stream `actions`. */
export const maintenanceActionSchema = z.object({ kind: z.literal('maintenance'), window: maintenanceWindowSchema });
export type MaintenanceAction = z.infer<typeof maintenanceActionSchema>;

export const WINDOW_STATES = ['now', 'next', 'past'] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

type WindowTimes = Pick<MaintenanceWindow, 'fromMs' | 'toMs' | 'endedAtMs'>;

/** The first moment that is not within the window. */
export function windowEndMs({ toMs, endedAtMs }: Omit<WindowTimes, 'fromMs'>): number {
  return endedAtMs === null ? toMs : Math.min(toMs, endedAtMs);
}

export function windowState(window: WindowTimes, nowMs: number): WindowState {
  if (nowMs >= windowEndMs(window)) return 'past';
  return nowMs < window.fromMs ? 'next' : 'now';
}

/** Why a window may not be so; undefined where it may. */
export type WindowFault =
  'window-empty' | 'window-too-long' | 'window-over' | 'window-too-far' | 'window-begun-too-long';

/**
 * What is wrong with the times of a window that is written down now.
 * @param begunAtMs its begin as it was before the change: one that had begun may keep it
 */
export function windowFault(
  { fromMs, toMs }: Pick<MaintenanceContent, 'fromMs' | 'toMs'>,
  nowMs: number,
  begunAtMs?: number,
): WindowFault | undefined {
  if (!(fromMs < toMs)) return 'window-empty';
  if (toMs - fromMs > LONGEST_WINDOW_MS) return 'window-too-long';
  if (toMs <= nowMs) return 'window-over';
  if (fromMs > nowMs + FURTHEST_WINDOW_DAYS * 86_400_000) return 'window-too-far';
  if (fromMs < nowMs - WINDOW_BEGUN_MOST_MS && fromMs !== begunAtMs) return 'window-begun-too-long';
  return undefined;
}
