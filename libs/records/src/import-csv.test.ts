import fc from 'fast-check';
import { MOST_IMPORT_ERRORS, readImportCsv } from './import-csv.js';

const HEADER = 'deviceId,utility,channel,name,unit,lon,lat';
const codes = async (csv: string) =>
  (await readImportCsv(csv)).errors.map(({ row, column, code }) => [row, column, code]);

describe('CSV file of sensors', () => {
  it.each([
    ['', [[0, '', 'empty']]],
    [`${HEADER},colour\n`, [[0, 'colour', 'unknown-column']]],
    [`${HEADER},lat\n`, [[0, 'lat', 'duplicate-column']]],
    ['deviceId,utility,channel,name,unit,lon\n', [[0, 'lat', 'missing-column']]],
    [`${HEADER.replaceAll(',', ';')}\n`, [[0, '', 'separator']]],
    [`${HEADER}\nd,gas,"p,P,kPa,1,2\n`, [[1, '', 'malformed-csv']]],
    [`${HEADER}\nd,gas,p,P,kPa,1,2\n\nd,gas,q,Q,kPa,1,2,3\n`, [[3, '', 'cell-count']]],
    [`${HEADER}\nd,gas,p,P,kPa,"1,5",2`, [[1, 'lon', 'not-a-number']]],
    [`${HEADER}\nd,gas,p,P,kPa,0x10,2`, [[1, 'lon', 'not-a-number']]],
    [`${HEADER}\nd,gas,p,P,kPa,1e999,2`, [[1, 'lon', 'not-a-number']]],
    [
      `${HEADER}\nd/1,gas,a b,P,kPa,1,91`,
      [
        [1, 'channel', 'invalid'],
        [1, 'lat', 'invalid'],
        [1, 'deviceId', 'invalid'],
      ],
    ],
    [`${HEADER},rangeLow,rangeHigh\nd,gas,p,P,kPa,1,2,5,`, [[1, 'rangeHigh', 'range-incomplete']]],
    [`${HEADER},rangeLow,rangeHigh\nd,gas,p,P,kPa,1,2,5,4`, [[1, 'rangeHigh', 'invalid']]],
    [
      `${HEADER},deadband,intervalS\nd,gas,p,P,kPa,1,2,-1,0`,
      [
        [1, 'intervalS', 'invalid'],
        [1, 'deadband', 'invalid'],
      ],
    ],
  ])('names what is wrong with %j', async (csv, expected) => {
    expect(await codes(csv)).toEqual(expected);
  });

  it('reads a byte order mark, CRLF, quoted cells, spaces around and empty lines', async () => {
    const file = await readImportCsv(`\uFEFF${HEADER}\r\n d-1 ,gas,p,"a ""b"",\r\nc",kPa,+1.5,-.5\r\n\r\n,,,,,,\r\n`);

    expect(file.errors).toEqual([]);
    expect(file.rowCount).toBe(1);
    expect(file.rows).toMatchObject([{ row: 1, deviceId: 'd-1', name: 'a "b",\r\nc', lon: 1.5, lat: -0.5 }]);
  });

  it.each([0, 1])('keeps a rare character whole where a slice of the file ends in it (%d)', async (shift) => {
    const before = `${HEADER}\n${' '.repeat(64 * 1024 - HEADER.length - 20 - shift)}d-1,gas,p,`;
    const name = '𠮷'.repeat(40);
    const { rows, errors } = await readImportCsv(`${before}${name},kPa,1,2`);
    expect(errors).toEqual([]);
    expect(rows.map((row) => row.name)).toEqual([name]);
  });

  it('gives every row back that a program wrote, wherever a slice of the file ends', async () => {
    const name = fc
      .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const rows = fc.array(fc.record({ name, lon: fc.double({ min: -180, max: 180, noNaN: true }) }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(70_000), async (given, padding) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const lines = given.map((row, i) => `d-${i},gas,p,${quoted(row.name)},kPa,${row.lon},0`);
        const file = await readImportCsv([HEADER, ' '.repeat(padding), ...lines].join('\n'));

        expect(file.errors).toEqual([]);
        expect(file.rows.map((row) => [row.name, row.lon])).toEqual(
          given.map((row) => [row.name, row.lon === 0 ? expect.closeTo(0) : row.lon]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('stops where a file is wrong throughout', async () => {
    const file = await readImportCsv(
      [HEADER, ...Array.from({ length: MOST_IMPORT_ERRORS + 100 }, () => 'd,gas,p,P,kPa,1,x')].join('\n'),
    );

    expect(file.errors).toHaveLength(MOST_IMPORT_ERRORS + 1);
    expect(file.errors.at(-1)?.code).toBe('too-many-errors');
  });
});
