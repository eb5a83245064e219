/** Thermal model of oil transformers: difference equations of IEC 60076-7 (domain defaults 2.3). Times in minutes, K = load / rated. */

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

export const LARGE_ONAF: ThermalType = {
  oilRiseK: 52,
  gradientK: 26,
  oilMinutes: 150,
  windingMinutes: 7,
  lossRatio: 6,
  oilExponent: 0.8,
  windingExponent: 1.3,
  k11: 0.5,
  k21: 2,
  k22: 2,
};

/** One transformer's temperatures, °C, carried on step by step. */
export class TransformerHeat {
  private topOil: number;
  private fast: number;
  private slow: number;

  /** Starts steady at this load and air temperature. */
  constructor(
    private readonly type: ThermalType,
    load: number,
    airC: number,
  ) {
    this.topOil = airC + this.oilTargetK(load);
    this.fast = type.k21 * this.gradientTargetK(load);
    this.slow = (type.k21 - 1) * this.gradientTargetK(load);
  }

  get topOilC(): number {
    return this.topOil;
  }

  get hotSpotC(): number {
    return this.topOil + this.fast - this.slow;
  }

  /** One step; `minutes` at most half the winding's time constant. */
  step(minutes: number, load: number, airC: number): void {
    const { k11, k21, k22, oilMinutes, windingMinutes } = this.type;
    const gradient = this.gradientTargetK(load);
    this.topOil += (minutes / (k11 * oilMinutes)) * (this.oilTargetK(load) - (this.topOil - airC));
    this.fast += (minutes / (k22 * windingMinutes)) * (k21 * gradient - this.fast);
    this.slow += (minutes / (oilMinutes / k22)) * ((k21 - 1) * gradient - this.slow);
  }

  private oilTargetK(load: number): number {
    const { lossRatio, oilExponent, oilRiseK } = this.type;
    return ((1 + load * load * lossRatio) / (1 + lossRatio)) ** oilExponent * oilRiseK;
  }

  private gradientTargetK(load: number): number {
    return this.type.gradientK * load ** this.type.windingExponent;
  }
}
