import {
  UTILITIES,
  windowFault,
  type MaintenanceContent,
  type MaintenanceKind,
  type MaintenanceWindow,
  type WindowFault,
} from '@lifeline/contracts';
import { momentOf, wallTimeOf } from './wall-time.js';

/** What the form holds: texts as typed, and what was chosen. */
export interface WindowValues {
  readonly from: string;
  readonly to: string;
  readonly kind: MaintenanceKind;
  readonly worker: string;
  readonly permit: string;
  readonly note: string;
  readonly assetIds: readonly string[];
  readonly deviceIds: readonly string[];
  readonly sensorIds: readonly string[];
  /** `utility district` */
  readonly areas: readonly string[];
  readonly gas: 'announced' | 'suppressed';
}

export type WindowField = 'from' | 'to' | 'worker' | 'permit' | 'scope';
export type FieldFault = 'needed' | 'scopeNeeded' | 'timeNeeded' | WindowFault;

const STEP_MS = 5 * 60_000;
const OFFERED_MS = 4 * 3_600_000;

/** A form to begin with: from now on, for four hours. */
export function newValues(nowMs: number, zone: string): WindowValues {
  const fromMs = Math.floor(nowMs / STEP_MS) * STEP_MS;
  return {
    from: wallTimeOf(fromMs, zone),
    to: wallTimeOf(fromMs + OFFERED_MS, zone),
    ...{ kind: 'repair', worker: '', permit: '', note: '', gas: 'announced' },
    ...{ assetIds: [], deviceIds: [], sensorIds: [], areas: [] },
  };
}

export function valuesOf(window: MaintenanceWindow, zone: string): WindowValues {
  const { scope, fromMs, toMs, kind, worker, permit, note, coversGasDanger } = window;
  return {
    from: wallTimeOf(fromMs, zone),
    to: wallTimeOf(toMs, zone),
    ...{ kind, worker, permit, note },
    ...{ assetIds: scope.assetIds, deviceIds: scope.deviceIds, sensorIds: scope.sensorIds },
    areas: scope.areas.map(({ district, utility }) => areaId(utility, district)),
    gas: coversGasDanger ? 'suppressed' : 'announced',
  };
}

export function areaId(utility: string, district: string): string {
  return `${utility} ${district}`;
}

/** What the server takes, or what is wrong with each field. */
export function contentOf(
  values: WindowValues,
  nowMs: number,
  zone: string,
  before?: Pick<MaintenanceWindow, 'fromMs'>,
): { readonly content: MaintenanceContent } | { readonly faults: ReadonlyMap<WindowField, FieldFault> } {
  const faults = new Map<WindowField, FieldFault>();
  const typedMs = momentOf(values.from, zone);
  const toMs = momentOf(values.to, zone);
  // The field holds minutes: a begin that was left as it was stays to the millisecond.
  const fromMs = before && typedMs === Math.floor(before.fromMs / 60_000) * 60_000 ? before.fromMs : typedMs;
  if (fromMs === undefined) faults.set('from', 'timeNeeded');
  if (toMs === undefined) faults.set('to', 'timeNeeded');
  if (fromMs !== undefined && toMs !== undefined) {
    const fault = windowFault({ fromMs, toMs }, nowMs, before?.fromMs);
    if (fault) faults.set(fault === 'window-too-far' || fault === 'window-begun-too-long' ? 'from' : 'to', fault);
  }
  const [worker, permit] = [values.worker.trim(), values.permit.trim()];
  if (worker === '') faults.set('worker', 'needed');
  if (permit === '') faults.set('permit', 'needed');
  const { assetIds, deviceIds, sensorIds, areas } = values;
  if (assetIds.length + deviceIds.length + sensorIds.length + areas.length === 0) faults.set('scope', 'scopeNeeded');
  if (faults.size > 0 || fromMs === undefined || toMs === undefined) return { faults };
  const scope = {
    ...{ assetIds: [...assetIds], deviceIds: [...deviceIds], sensorIds: [...sensorIds] },
    areas: areas.flatMap((area) => {
      const utility = UTILITIES.find((one) => area.startsWith(`${one} `));
      return utility ? [{ utility, district: area.slice(utility.length + 1) }] : [];
    }),
  };
  const { kind, gas } = values;
  return {
    content: {
      fromMs,
      toMs,
      kind,
      scope,
      worker,
      permit,
      note: values.note.trim(),
      coversGasDanger: gas === 'suppressed',
    },
  };
}
