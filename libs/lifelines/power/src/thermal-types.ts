import type { Asset } from '@lifeline/contracts';

/** Constants of the thermal model of one kind of oil transformer (IEC 60076-7; domain defaults 2.3). */
export interface ThermalType {
  /** Top-oil rise at rated load, K. */
  readonly oilRiseK: number;
  /** Hot-spot to top-oil gradient at rated load (H·gr), K. */
  readonly gradientK: number;
  readonly oilMinutes: number;
  readonly windingMinutes: number;
  /** Ratio of load losses to no-load losses. */
  readonly lossRatio: number;
  readonly oilExponent: number;
  readonly windingExponent: number;
  readonly k11: number;
  readonly k21: number;
  readonly k22: number;
}

/** Distribution, natural cooling [S13]. */
export const DISTRIBUTION_ONAN: ThermalType = {
  oilRiseK: 55,
  gradientK: 23,
  oilMinutes: 180,
  windingMinutes: 4,
  lossRatio: 5,
  oilExponent: 0.8,
  windingExponent: 1.6,
  k11: 1,
  k21: 1,
  k22: 2,
};

/** Medium and large, natural cooling: times and exponents [S10], rises and loss ratio [M]. */
export const LARGE_ONAN: ThermalType = {
  oilRiseK: 52,
  gradientK: 26,
  oilMinutes: 210,
  windingMinutes: 10,
  lossRatio: 6,
  oilExponent: 0.8,
  windingExponent: 1.3,
  k11: 0.5,
  k21: 2,
  k22: 2,
};

/** Medium and large, fans [S13], [S10]. */
export const LARGE_ONAF: ThermalType = { ...LARGE_ONAN, oilMinutes: 150, windingMinutes: 7 };

/** Restricted oil flow [M]. */
export const RESTRICTED_ONAN: ThermalType = { ...LARGE_ONAN, k21: 3 };
export const RESTRICTED_ONAF: ThermalType = { ...LARGE_ONAF, k21: 3 };

/** Forced oil [M]. */
export const FORCED_OIL: ThermalType = {
  oilRiseK: 56,
  gradientK: 22,
  oilMinutes: 90,
  windingMinutes: 7,
  lossRatio: 6,
  oilExponent: 1,
  windingExponent: 1.3,
  k11: 1,
  k21: 1.3,
  k22: 1,
};

/** Forced oil, restricted flow [M]. */
export const RESTRICTED_FORCED_OIL: ThermalType = { ...FORCED_OIL, k21: 1.45 };

/** Directed oil [M]. */
export const DIRECTED_OIL: ThermalType = {
  oilRiseK: 49,
  gradientK: 29,
  oilMinutes: 90,
  windingMinutes: 7,
  lossRatio: 6,
  oilExponent: 1,
  windingExponent: 2,
  k11: 1,
  k21: 1,
  k22: 1,
};

/** IEC 60076-7 calls a transformer a distribution transformer up to this [M]; the nameplate goes first. */
const DISTRIBUTION_KVA = 2500;

const BY_COOLING: Readonly<Record<string, ThermalType>> = {
  ONAN: LARGE_ONAN,
  ONAF: LARGE_ONAF,
  OF: FORCED_OIL,
  OFAF: FORCED_OIL,
  OD: DIRECTED_OIL,
  ODAF: DIRECTED_OIL,
};

/**
 * The type by an asset's facts: `cooling` (ONAN, ONAF, OF, OD), `ratedKva` or `ratedMva`, and what its test sheet says of
 * `oilRiseK`, `gradientK`, `lossRatio`, `oilMinutes`, `windingMinutes`. What is missing is the default of its kind; `guessed` tells
 * that the cooling itself was.
 */
export function thermalTypeOf(asset: Asset): { readonly type: ThermalType; readonly guessed: boolean } {
  const { properties } = asset;
  const number = (name: string): number | undefined => {
    const value = properties[name];
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  const kva = number('ratedKva') ?? (number('ratedMva') ?? 0) * 1000;
  const small = asset.kind === 'transformer' && (kva === 0 || kva <= DISTRIBUTION_KVA);
  const cooling = typeof properties['cooling'] === 'string' ? properties['cooling'] : undefined;
  const known = cooling === undefined ? undefined : BY_COOLING[cooling];
  const base = small && (known === undefined || known === LARGE_ONAN) ? DISTRIBUTION_ONAN : (known ?? LARGE_ONAF);
  return {
    type: {
      ...base,
      oilRiseK: number('oilRiseK') ?? base.oilRiseK,
      gradientK: number('gradientK') ?? base.gradientK,
      lossRatio: number('lossRatio') ?? base.lossRatio,
      oilMinutes: number('oilMinutes') ?? base.oilMinutes,
      windingMinutes: number('windingMinutes') ?? base.windingMinutes,
    },
    guessed: known === undefined,
  };
}
