import type { ExportedRows, ExportFile } from './export-file.js';
import type { ExportPage } from './export-pages.js';

const COLUMNS = ['sensor_id', 'name', 'unit', 'measured_at', 'value', 'quality'];
const SPREAD_COLUMNS = ['min', 'max', 'readings'];

/** CSV by RFC 4180: UTF-8, lines end in CRLF, times in ISO 8601 (UTC, milliseconds); what is not a number is an empty field. */
export class CsvFile implements ExportFile {
  constructor(private readonly rows: ExportedRows) {}

  begin(): Uint8Array {
    const columns = this.rows === 'shown' ? [...COLUMNS, ...SPREAD_COLUMNS] : COLUMNS;
    return Buffer.from(`${columns.join(',')}\r\n`, 'utf8');
  }

  page({ sensor, measuredAtMs, value, quality, spread }: ExportPage): Uint8Array {
    const head = [sensor.sensorId, sensor.name, sensor.unit].map(csvField).join(',');
    let text = '';
    for (let row = 0; row < measuredAtMs.length; row++) {
      text += `${head},${new Date(measuredAtMs[row]!).toISOString()},${value[row] ?? ''},${quality[row] ?? ''}`;
      if (spread) text += `,${spread.min[row] ?? ''},${spread.max[row] ?? ''},${spread.readings[row]!}`;
      text += '\r\n';
    }
    return Buffer.from(text, 'utf8');
  }

  end(): Uint8Array {
    return new Uint8Array(0);
  }
}

/**
 * A text as a field: in quotes where it needs them, with quotes doubled (RFC 4180, 2.5 to 2.7). One that a spreadsheet would
 * take for a formula gets an apostrophe before it, since whoever names a sensor is not whoever opens the file (OWASP, CSV injection).
 */
export function csvField(text: string): string {
  const plain = /^[=+\-@\t\r]./s.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
