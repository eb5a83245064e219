/** The import of sensors as a table: its columns and what can be wrong with it. Both are fixed, programs outside depend on them. */

export const REQUIRED_IMPORT_COLUMNS = ['deviceId', 'utility', 'channel', 'name', 'unit', 'lon', 'lat'] as const;
export const IMPORT_LIMIT_COLUMNS = ['lowLow', 'low', 'high', 'highHigh', 'deadband', 'onDelayS', 'offDelayS'] as const;

/** Columns that the import knows. Order is free; an unknown one is refused. */
export const IMPORT_COLUMNS = [
  ...REQUIRED_IMPORT_COLUMNS,
  'assetId',
  'gatewayId',
  'intervalS',
  'rangeLow',
  'rangeHigh',
  ...IMPORT_LIMIT_COLUMNS,
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** Codes of what can be wrong: of the file, of a row, of a cell, and against the registry. */
export const IMPORT_CODES = [
  'empty',
  'separator',
  'unknown-column',
  'duplicate-column',
  'missing-column',
  'malformed-csv',
  'cell-count',
  'too-large',
  'too-many-rows',
  'too-many-errors',
  'too-many-sensors',
  'missing',
  'invalid',
  'not-a-number',
  'range-incomplete',
  'duplicate-row',
  'asset-unknown',
  'gateway-unknown',
  'gateway-differs',
  'wrong-utility',
  'utility-differs',
] as const;
export type ImportCode = (typeof IMPORT_CODES)[number];

/** Most that a file may hold: 100,000 rows are some 15 MB. */
export const MOST_IMPORT_BYTES = 32 * 1024 * 1024;
