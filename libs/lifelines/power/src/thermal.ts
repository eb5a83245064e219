import type { ThermalType } from './thermal-types.js';

/**
 * Thermal model of oil transformers by IEC 60076-7, as the domain defaults (2.3) print it. Times in minutes, temperatures in °C, rises
 * in K, load K as current over rated current (1 = rated).
 */

/** Top-oil rise over the air in the steady state: θoU = [(1 + R K²) / (1 + R)]^x Δθor, K. */
export function oilTargetK(type: ThermalType, load: number): number {
  const { lossRatio, oilExponent, oilRiseK } = type;
  return ((1 + load * load * lossRatio) / (1 + lossRatio)) ** oilExponent * oilRiseK;
}

/** Hot-spot gradient over the top oil in the steady state: ΔhU = H·gr·K^y, K. */
export function gradientTargetK(type: ThermalType, load: number): number {
  return type.gradientK * Math.abs(load) ** type.windingExponent;
}

/** Longest step that the difference form allows: half the winding's time constant. */
export function longestStepMinutes(type: ThermalType): number {
  return type.windingMinutes / 2;
}

/** Floats of a heat state: oil rise over the air (K), fast and slow part of the gradient (K), air as the oil feels it (°C). */
export const HEAT_STATE_SIZE = 4;

/** Sets a state steady at a load and air temperature. */
export function settleHeat(type: ThermalType, heat: Float64Array, load: number, airC: number): void {
  const gradient = gradientTargetK(type, load);
  heat[0] = oilTargetK(type, load);
  heat[1] = type.k21 * gradient;
  heat[2] = (type.k21 - 1) * gradient;
  heat[3] = airC;
}

/**
 * Goes on by the difference form. The oil's equation is linear in oil and air, so that its rise by the load (heat[0]) and the air as it
 * feels it (heat[3]) are carried apart: top oil = heat[0] + heat[3], hot spot = top oil + heat[1] − heat[2].
 * @param minutes any length: it is cut into steps of at most half the winding's time constant, and of one minute where they are longer
 */
export function stepHeat(type: ThermalType, heat: Float64Array, minutes: number, load: number, airC: number): void {
  const { k11, k21, k22, oilMinutes, windingMinutes } = type;
  const gradient = gradientTargetK(type, load);
  const target = oilTargetK(type, load);
  const steps = Math.max(1, Math.ceil(minutes / Math.min(1, longestStepMinutes(type)) - 1e-9));
  const step = minutes / steps;
  for (let i = 0; i < steps; i++) {
    heat[0]! += (step / (k11 * oilMinutes)) * (target - heat[0]!);
    heat[3]! += (step / (k11 * oilMinutes)) * (airC - heat[3]!);
    heat[1]! += (step / (k22 * windingMinutes)) * (k21 * gradient - heat[1]!);
    heat[2]! += (step / (oilMinutes / k22)) * ((k21 - 1) * gradient - heat[2]!);
  }
}

/** One transformer's temperatures, °C, carried on step by step. */
export class TransformerHeat {
  private readonly heat = new Float64Array(HEAT_STATE_SIZE);

  /** Starts steady at this load and air temperature. */
  constructor(
    private readonly type: ThermalType,
    load: number,
    airC: number,
  ) {
    settleHeat(type, this.heat, load, airC);
  }

  get topOilC(): number {
    return this.heat[0]! + this.heat[3]!;
  }

  get hotSpotC(): number {
    return this.topOilC + this.heat[1]! - this.heat[2]!;
  }

  /** Goes on by `minutes` at a load and air temperature. */
  step(minutes: number, load: number, airC: number): void {
    stepHeat(this.type, this.heat, minutes, load, airC);
  }
}

/** What a load step starts from: rises of oil over air and of hot spot over oil, K. */
export interface BeforeStep {
  readonly oilK: number;
  readonly gradientK: number;
}

/**
 * Step form: top oil and hot spot `minutes` after the load stepped to `load` and stayed, from the rises before it. Up or down is told
 * by the steady oil rise. (IEC 60076-7, exponential equations; rising with f1 and f2, falling with f3; domain 2.3 [M].)
 */
export function afterLoadStep(
  type: ThermalType,
  before: BeforeStep,
  load: number,
  airC: number,
  minutes: number,
): { readonly topOilC: number; readonly hotSpotC: number } {
  const { k11, k21, k22, oilMinutes, windingMinutes } = type;
  const oilU = oilTargetK(type, load);
  const gradientU = gradientTargetK(type, load);
  const left = Math.exp(-minutes / (k11 * oilMinutes));
  if (oilU < before.oilK) {
    const topOilC = airC + oilU + (before.oilK - oilU) * left;
    return { topOilC, hotSpotC: topOilC + gradientU };
  }
  const f2 =
    k21 * (1 - Math.exp(-minutes / (k22 * windingMinutes))) - (k21 - 1) * (1 - Math.exp((-minutes * k22) / oilMinutes));
  const topOilC = airC + before.oilK + (oilU - before.oilK) * (1 - left);
  return { topOilC, hotSpotC: topOilC + before.gradientK + (gradientU - before.gradientK) * f2 };
}
