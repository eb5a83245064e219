import {
  deviceIdSchema,
  IMPORT_LIMIT_COLUMNS,
  limitsSchema,
  newSensorSchema,
  REQUIRED_IMPORT_COLUMNS,
  utilitySchema,
  type ImportAnswer,
  type ImportCode,
  type ImportColumn,
  type Utility,
} from '@lifeline/contracts';

const NUMBER_COLUMNS = new Set<ImportColumn>([
  'lon',
  'lat',
  'intervalS',
  'rangeLow',
  'rangeHigh',
  ...IMPORT_LIMIT_COLUMNS,
]);
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** One row, its cells checked one by one; an empty cell is null. */
export interface ImportRow {
  readonly row: number;
  readonly deviceId: string;
  readonly utility: Utility;
  readonly channel: string;
  readonly name: string;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
  readonly assetId: string | null;
  readonly gatewayId: string | null;
  readonly intervalS: number | null;
  readonly rangeLow: number | null;
  readonly rangeHigh: number | null;
  readonly limits: Readonly<Record<(typeof IMPORT_LIMIT_COLUMNS)[number], number | null>>;
}

type ImportError = ImportAnswer['errors'][number];

/** Checks a row by the same schemas as REST; each bad cell is named with its column. */
export function readImportRow(
  row: number,
  cells: ReadonlyMap<ImportColumn, string>,
): ImportRow | { readonly errors: readonly ImportError[] } {
  const errors: ImportError[] = [];
  const refused = new Set<string>();
  const refuse = (column: string, code: ImportCode, message: string) => {
    if (refused.has(column)) return;
    refused.add(column);
    errors.push({ row, column, code, message });
  };

  const numbers = new Map<ImportColumn, number>();
  for (const [column, cell] of cells) {
    if (cell === '') {
      if (REQUIRED_IMPORT_COLUMNS.some((required) => required === column))
        refuse(column, 'missing', `"${column}" is empty. It is required.`);
    } else if (NUMBER_COLUMNS.has(column)) {
      const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
      if (Number.isFinite(value)) numbers.set(column, value);
      else refuse(column, 'not-a-number', `"${excerpt(cell)}" is not a number. Write it like 12.5, with a point.`);
    }
  }
  const text = (column: ImportColumn) => cells.get(column) ?? '';
  const textOrNull = (column: ImportColumn) => text(column) || null;
  const number = (column: ImportColumn) => numbers.get(column) ?? null;

  const rangeLow = number('rangeLow');
  const rangeHigh = number('rangeHigh');
  if ((rangeLow === null) !== (rangeHigh === null)) {
    const missing = rangeLow === null ? 'rangeLow' : 'rangeHigh';
    refuse(missing, 'range-incomplete', 'A range has both rangeLow and rangeHigh, or neither.');
  }
  const limits = Object.fromEntries(IMPORT_LIMIT_COLUMNS.map((column) => [column, number(column)]));
  const sensor = newSensorSchema.safeParse({
    channel: text('channel'),
    unit: text('unit'),
    name: text('name'),
    lon: number('lon'),
    lat: number('lat'),
    assetId: textOrNull('assetId'),
    intervalS: number('intervalS'),
    range: rangeLow !== null && rangeHigh !== null ? { low: rangeLow, high: rangeHigh } : null,
    limits,
  });
  for (const issue of sensor.error?.issues ?? []) refuse(columnOf(issue.path), 'invalid', sentence(issue.message));
  const deviceId = deviceIdSchema.safeParse(text('deviceId'));
  if (!deviceId.success) refuse('deviceId', 'invalid', sentence(deviceId.error.issues[0]!.message));
  const utility = utilitySchema.safeParse(text('utility'));
  if (!utility.success) refuse('utility', 'invalid', `Must be one of ${utilitySchema.options.join(', ')}.`);
  const gatewayId = textOrNull('gatewayId');
  const gateway = deviceIdSchema.nullable().safeParse(gatewayId);
  if (!gateway.success) refuse('gatewayId', 'invalid', sentence(gateway.error.issues[0]!.message));

  if (!sensor.success || !deviceId.success || !utility.success || errors.length > 0) return { errors };
  return {
    row,
    deviceId: deviceId.data,
    utility: utility.data,
    channel: sensor.data.channel,
    name: sensor.data.name,
    unit: sensor.data.unit,
    lon: sensor.data.lon,
    lat: sensor.data.lat,
    assetId: textOrNull('assetId'),
    gatewayId,
    intervalS: number('intervalS'),
    rangeLow,
    rangeHigh,
    limits: limitsOf(number),
  };
}

function limitsOf(number: (column: ImportColumn) => number | null): ImportRow['limits'] {
  return {
    lowLow: number('lowLow'),
    low: number('low'),
    high: number('high'),
    highHigh: number('highHigh'),
    deadband: number('deadband'),
    onDelayS: number('onDelayS'),
    offDelayS: number('offDelayS'),
  };
}

/** Path of the sensor schema to the column it came from. */
function columnOf(path: readonly PropertyKey[]): string {
  const [first, second] = path;
  if (first === 'limits') return typeof second === 'string' && second in limitsSchema.shape ? second : 'highHigh';
  if (first === 'range') return 'rangeHigh';
  return String(first);
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function excerpt(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
}
