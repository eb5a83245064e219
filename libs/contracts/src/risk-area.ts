import type { Priority } from './vocabulary.js';

/** A cell of the city on the four-colour risk map, as the properties of its feature in `/map/risk.geojson`. */
export interface RiskArea {
  /** 1 to 5 each; their product is the risk. */
  readonly likelihood: number;
  readonly severity: number;
  readonly risk: number;
  readonly colour: Priority;
  /** Announced alarms that stand in the cell. */
  readonly alarms: number;
  /** The asset that the severity is of. */
  readonly assetId: string;
  readonly name: string;
  readonly nameZh: string;
}

/**
 * Colour of a risk of the 5 × 5 matrix: red (major) from 17, orange (larger) from 10, yellow (general) from 5, blue (low) below.
 * The four grades are those of the national risk grading; where they part is a convention of practice, not of a standard.
 */
export function riskColour(risk: number): Priority {
  if (risk >= 17) return 'red';
  if (risk >= 10) return 'orange';
  return risk >= 5 ? 'yellow' : 'blue';
}
