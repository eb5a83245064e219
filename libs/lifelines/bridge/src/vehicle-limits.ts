/** Kind of a heavy vehicle: rigid truck, or train of tractor and trailer. */
export type VehicleKind = 'truck' | 'train';

/**
 * Gross weight over which a vehicle is overloaded, t (Ministry of Transport Order 62 of 2016, article 3; GB 1589-2016 [S17]): 2 axles 18,
 * 3 axles truck 25, train 27; 4 axles truck 31, train 36; 5 axles 43; 6 and more 49, or 46 with one drive axle.
 */
export function weightLimitT(axles: number, kind: VehicleKind = 'train', driveAxles = 2): number {
  if (axles <= 2) return 18;
  if (axles === 3) return kind === 'truck' ? 25 : 27;
  if (axles === 4) return kind === 'truck' ? 31 : 36;
  if (axles === 5) return 43;
  return driveAxles <= 1 ? 46 : 49;
}

/**
 * Grade of a crossing, 0 (none) to 3 (worst): over the posted limit; over 60 t; over 1.5 times the posted limit or 100 t. First [S17],
 * others [P].
 */
export function vehicleLevel(weightT: number, postedLimitT: number): number {
  if (weightT > Math.min(1.5 * postedLimitT, 100)) return 3;
  if (weightT > Math.max(60, postedLimitT)) return 2;
  return weightT > postedLimitT ? 1 : 0;
}
