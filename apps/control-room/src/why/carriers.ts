import type { Evidence } from '@lifeline/contracts';

export interface CarrierRow {
  readonly sensorId: string;
  /** Its part in the finding, in percent. */
  readonly percent: number;
  /** Length of its bar: 1 for the one that carries most. */
  readonly length: number;
  readonly value: number | null;
  readonly expected: number | null;
}

/** Sensors that carry a finding, the one that carries most first; those that carry nothing worth a bar are left out. */
export function carrierRows(carriers: Evidence['carriers'], most: number): CarrierRow[] {
  const ranked = carriers.filter(({ share }) => share >= 0.005).toSorted((a, b) => b.share - a.share);
  const largest = ranked[0]?.share ?? 1;
  return ranked.slice(0, most).map(({ sensorId, share, value, expected }) => ({
    sensorId,
    percent: Math.round(share * 100),
    length: share / largest,
    value,
    expected,
  }));
}
