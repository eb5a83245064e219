/** Universal gas constant, J/(mol K) (CODATA 2018). */
const GAS_CONSTANT = 8.314462618;
/** Standard atmosphere, kPa. */
export const ATMOSPHERE_KPA = 101.325;

/** What gas it is, and how warm. */
export interface GasState {
  /** Ratio of heat capacities. */
  readonly gamma: number;
  /** Compressibility factor. */
  readonly z: number;
  readonly temperatureK: number;
  readonly molarMassKgMol: number;
}

/** Pure methane at the temperature of the ground, 15 °C (domain 1.5). */
export const METHANE: GasState = { gamma: 1.3, z: 1, temperatureK: 288.15, molarMassKgMol: 0.01604 };
/** Temperature to which trade refers volumes in China, 20 °C (domain 1.5 [M]). */
export const TRADE_BASE_K = 293.15;
const NORMAL_BASE_K = 273.15;

/** Speed of sound, m/s: sqrt(γ Z R T / M) (domain 1.5). Ideal methane 440 m/s; natural gas in pipes 300 to 400: calibrate by a valve test. */
export function soundSpeed(gas: GasState): number {
  return Math.sqrt((gas.gamma * gas.z * GAS_CONSTANT * gas.temperatureK) / gas.molarMassKgMol);
}

/**
 * Gas that leaves through a hole, m3/h at 20 °C and 101.325 kPa. Choked (sound speed in the hole) where the pressure outside is
 * under (2/(γ+1))^(γ/(γ−1)) of that inside, 0.546 for γ 1.3; else the subcritical form (both domain 1.5; isentropic nozzle).
 *
 * @param holeMm diameter of the hole
 * @param gaugeKpa pressure in the pipe over the atmosphere
 * @param discharge share of the ideal flow; 0.85 for a rough hole [P]
 */
export function holeFlowM3h(holeMm: number, gaugeKpa: number, gas: GasState = METHANE, discharge = 0.85): number {
  if (holeMm <= 0 || gaugeKpa <= 0) return 0;
  const insidePa = (gaugeKpa + ATMOSPHERE_KPA) * 1000;
  const ratio = (ATMOSPHERE_KPA * 1000) / insidePa;
  const { gamma, z, temperatureK, molarMassKgMol } = gas;
  const area = (Math.PI / 4) * (holeMm / 1000) ** 2;
  const choked = ratio < (2 / (gamma + 1)) ** (gamma / (gamma - 1));
  const shape = choked
    ? gamma * (2 / (gamma + 1)) ** ((gamma + 1) / (gamma - 1))
    : ((2 * gamma) / (gamma - 1)) * (ratio ** (2 / gamma) - ratio ** ((gamma + 1) / gamma));
  const kgS = discharge * area * insidePa * Math.sqrt((molarMassKgMol / (z * GAS_CONSTANT * temperatureK)) * shape);
  return (kgS * 3600) / densityKgM3(ATMOSPHERE_KPA, { ...gas, z: 1, temperatureK: TRADE_BASE_K });
}

/** Density, kg/m3, at an absolute pressure. */
export function densityKgM3(absoluteKpa: number, gas: GasState): number {
  return (absoluteKpa * 1000 * gas.molarMassKgMol) / (gas.z * GAS_CONSTANT * gas.temperatureK);
}

/** m3 at 20 °C as Nm3 (0 °C), both at 101.325 kPa. */
export function normalM3(tradeM3: number): number {
  return (tradeM3 * NORMAL_BASE_K) / TRADE_BASE_K;
}
