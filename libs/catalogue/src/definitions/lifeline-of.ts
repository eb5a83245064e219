import type { Utility } from '@lifeline/contracts';
import { channelType } from '../catalogue.js';
import type { ChannelType } from '../channel-type.js';
import { BRIDGE_SEEDS } from './bridge.js';
import { DRAINAGE_SEEDS } from './drainage.js';
import { GAS_SEEDS } from './gas.js';
import { POWER_SEEDS } from './power.js';
import type { Seed } from './seed.js';

const idsOf = (seeds: readonly Seed[]): string[] => seeds.flatMap(({ minutes }) => Object.keys(minutes));

const BY_ID: ReadonlyMap<string, Utility> = new Map(
  (
    [
      ['gas', GAS_SEEDS],
      ['power', POWER_SEEDS],
      ['bridge', BRIDGE_SEEDS],
      ['drainage', DRAINAGE_SEEDS],
    ] as const
  ).flatMap(([utility, seeds]) => idsOf(seeds).map((id) => [id, utility] as const)),
);

/** The type of channel whose alarms a definition is of (`P_MID.limit.low`); undefined where it holds for every type. */
export function channelTypeOfDefinition(definitionId: string): ChannelType | undefined {
  return channelType(definitionId.split('.', 1)[0]);
}

/** The lifeline a definition is of: of its type of channel, or of the shipped test; undefined where it holds for all. */
export function utilityOfDefinition(definitionId: string): Utility | undefined {
  return channelTypeOfDefinition(definitionId)?.utility ?? BY_ID.get(definitionId);
}
