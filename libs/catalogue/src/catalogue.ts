import type { AlarmLimit, Priority, Utility } from '@lifeline/contracts';
import type { ChannelType } from './channel-type.js';
import { toChannelType } from './row.js';
import { BRIDGE_ROWS } from './rows/bridge.js';
import { DRAINAGE_ROWS } from './rows/drainage.js';
import { GAS_ROWS } from './rows/gas.js';
import { POWER_ROWS } from './rows/power.js';

/** The channel catalogue (domain defaults, section 9): every figure is a default that a city may change at each sensor. */
export const CHANNEL_TYPES: readonly ChannelType[] = [
  ...GAS_ROWS.map((row) => toChannelType('gas', row)),
  ...POWER_ROWS.map((row) => toChannelType('power', row)),
  ...BRIDGE_ROWS.map((row) => toChannelType('bridge', row)),
  ...DRAINAGE_ROWS.map((row) => toChannelType('drainage', row)),
];

const BY_CODE: ReadonlyMap<string, ChannelType> = new Map(CHANNEL_TYPES.map((type) => [type.code, type]));

/** The type of this code (`P_MID`); undefined where the catalogue has none, or where no code is given. */
export function channelType(code: string | null | undefined): ChannelType | undefined {
  return code ? BY_CODE.get(code) : undefined;
}

export function channelTypesOf(utility: Utility): readonly ChannelType[] {
  return CHANNEL_TYPES.filter((type) => type.utility === utility);
}

/** Accuracy in the type's unit at a value: percentages of the reading are taken of its size. */
export function accuracyAt(type: ChannelType, value: number): number {
  return type.accuracy.kind === 'absolute' ? type.accuracy.value : (type.accuracy.percent / 100) * Math.abs(value);
}

/**
 * Priority of an alarm by the limit that was passed, where the type says nothing else: outer limits orange, inner limits,
 * rates and statistical findings yellow, silence blue. Red comes from `redAbove` alone.
 */
export const PRIORITY_OF_LIMIT: Readonly<Record<AlarmLimit, Priority>> = {
  'low-low': 'orange',
  low: 'yellow',
  high: 'yellow',
  'high-high': 'orange',
  rate: 'yellow',
  stale: 'blue',
  band: 'yellow',
  finding: 'yellow',
};
