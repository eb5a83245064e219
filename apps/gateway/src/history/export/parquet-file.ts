import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { ExportedRows, ExportFile } from './export-file.js';
import type { ExportPage } from './export-pages.js';

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const COLUMNS: readonly SchemaElement[] = [
  { name: 'sensor_id', ...TEXT, repetition_type: 'REQUIRED' },
  { name: 'name', ...TEXT, repetition_type: 'REQUIRED' },
  { name: 'unit', ...TEXT, repetition_type: 'REQUIRED' },
  {
    name: 'measured_at',
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    repetition_type: 'REQUIRED',
  },
  { name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  { name: 'quality', ...TEXT, repetition_type: 'OPTIONAL' },
];
const SPREAD_COLUMNS: readonly SchemaElement[] = [
  { name: 'min', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  { name: 'max', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  { name: 'readings', type: 'INT32', repetition_type: 'REQUIRED' },
];

/** Parquet with a row group a page, compressed by Snappy; only the row groups' places are kept until the end. */
export class ParquetFile implements ExportFile {
  private readonly bytes = new ByteWriter();
  private readonly writer: ParquetWriter;

  constructor(rows: ExportedRows) {
    const columns = rows === 'shown' ? [...COLUMNS, ...SPREAD_COLUMNS] : COLUMNS;
    const root: SchemaElement = { name: 'history', num_children: columns.length };
    this.writer = new ParquetWriter({ writer: this.bytes, schema: [root, ...columns], createdBy: 'lifeline' });
  }

  begin(): Uint8Array {
    return this.taken();
  }

  page(page: ExportPage): Uint8Array {
    const { sensor, measuredAtMs, value, quality, spread } = page;
    const rowCount = measuredAtMs.length;
    if (rowCount === 0) return new Uint8Array(0);
    const same = (name: string, text: string) => columnOf(name, new Array<string>(rowCount).fill(text));
    const columnData = [
      same('sensor_id', sensor.sensorId),
      same('name', sensor.name),
      same('unit', sensor.unit),
      columnOf('measured_at', BigInt64Array.from(measuredAtMs, BigInt), 'DELTA_BINARY_PACKED'),
      columnOf('value', [...value]),
      columnOf('quality', [...quality]),
    ];
    if (spread) {
      const { min, max, readings } = spread;
      columnData.push(columnOf('min', [...min]), columnOf('max', [...max]), columnOf('readings', [...readings]));
    }
    void this.writer.write({ columnData, rowGroupSize: rowCount });
    return this.taken();
  }

  end(): Uint8Array {
    void this.writer.finish();
    return this.taken();
  }

  /** What was written since the last time; the buffer is used again, so it is copied. */
  private taken(): Uint8Array {
    const part = this.bytes.getBytes().slice();
    this.bytes.index = 0;
    return part;
  }
}

function columnOf(name: string, data: ColumnSource['data'], encoding?: ColumnSource['encoding']): ColumnSource {
  // The index of pages would be kept in memory until the end, and a row group has one page a column.
  return { name, data, offsetIndex: false, ...(encoding === undefined ? {} : { encoding }) };
}
