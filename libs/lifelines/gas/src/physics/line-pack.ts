import { ATMOSPHERE_KPA, TRADE_BASE_K } from './natural-gas.js';

/** Mean pressure of a pipe between its ends under flow, in the unit given: 2/3 [P1 + P2 − P1 P2 / (P1 + P2)], absolute (domain 1.5). */
export function meanPipePressure(startAbsolute: number, endAbsolute: number): number {
  const sum = startAbsolute + endAbsolute;
  return sum > 0 ? (2 / 3) * (sum - (startAbsolute * endAbsolute) / sum) : 0;
}

/** Ground at pipe depth, °C, and compressibility at town pressures: what stands in where neither is measured [P]. */
export const PACK_DEFAULTS = { groundC: 15, z: 0.99 } as const;

/**
 * Gas that a pipe holds (line pack, 管存), m3 at 20 °C and 101.325 kPa: V (P/Ps)(Ts/T)/Z (domain 1.5).
 *
 * @param volumeM3 of the pipe
 * @param absoluteKpa its mean pressure
 */
export function linePackM3(
  volumeM3: number,
  absoluteKpa: number,
  groundC: number = PACK_DEFAULTS.groundC,
  z: number = PACK_DEFAULTS.z,
): number {
  return (volumeM3 * (absoluteKpa / ATMOSPHERE_KPA) * (TRADE_BASE_K / (groundC + 273.15))) / z;
}

/** Inner volume of a pipe, m3. */
export function pipeVolumeM3(diameterMm: number, lengthM: number): number {
  return (Math.PI / 4) * (diameterMm / 1000) ** 2 * lengthM;
}

/** Gas that pipes take up, m3, as their pressure rises by so many MPa. */
export function packedM3(volumeM3: number, riseMpa: number): number {
  return linePackM3(volumeM3, riseMpa * 1000);
}
