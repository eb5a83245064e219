import type { ExportFormat } from '@lifeline/contracts';
import type { ExportedRows } from './export-file.js';
import type { ExportSpan } from './export-pages.js';

/** Name of the file: `lifeline_gas-1-p_raw_20260301T0000Z_20260302T0000Z.csv`, or `lifeline_3-sensors_shown_…`. ASCII alone. */
export function exportName(
  sensorIds: readonly string[],
  rows: ExportedRows,
  { fromMs, toMs }: ExportSpan,
  format: ExportFormat,
): string {
  const [first] = sensorIds;
  const what = sensorIds.length === 1 && first !== undefined ? nameOf(first) : `${sensorIds.length}-sensors`;
  return `lifeline_${what}_${rows}_${minuteOf(fromMs)}_${minuteOf(toMs)}.${format}`;
}

function nameOf(sensorId: string): string {
  return sensorId.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100);
}

/** `20260301T0815Z` */
function minuteOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`;
}
