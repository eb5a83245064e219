import { IMPORT_COLUMNS } from '@lifeline/contracts';
import { cellKey, judged, readPreview, templateCsv, troubleOfFile } from './import-preview.js';

test('rows keep the numbers that the server gives them, empty lines included', () => {
  const { columns, rows } = readPreview('deviceId,name\na,A\n\n,\nb,B\n');

  expect(columns).toEqual(['deviceId', 'name']);
  expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
    [1, 'a'],
    [4, 'b'],
  ]);
});

test('errors lie on their cell, on their row, or on the header', () => {
  const error = (row: number, column: string) => ({ row, column, code: 'invalid' as const, message: 'wrong' });
  const preview = judged(readPreview('deviceId,name\na,A\n'), [
    error(1, 'name'),
    error(1, ''),
    error(1, 'lat'),
    error(0, 'name'),
  ]);

  expect(preview.byCell.get(cellKey(1, 'name'))).toHaveLength(1);
  expect(preview.byCell.get(cellKey(1, ''))).toHaveLength(2);
  expect(preview.byCell.get(cellKey(0, 'name'))).toHaveLength(1);
  expect(preview.errors[0]!.row).toBe(0);
});

test('the template names every column and fills a row', () => {
  const { columns, rows } = readPreview(templateCsv([120.5, 30.25]));

  expect(columns).toEqual([...IMPORT_COLUMNS]);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.cells[columns.indexOf('lon')]).toBe('120.50000');
});

test.each([
  ['a.csv', 10, undefined],
  ['a.txt', 10, undefined],
  ['a.xlsx', 10, 'wrongType'],
  ['a.csv', 0, 'empty'],
  ['a.csv', 33 * 1024 * 1024, 'tooLarge'],
])('%s of %i bytes', (name, size, trouble) => {
  expect(troubleOfFile({ name, size })).toBe(trouble);
});
