import fc from 'fast-check';
import { csvLine, csvRows } from './csv-rows.js';

test('reads back every table that was written', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ', '\uFEFF', '1') })
    .map((s) => s.trim());
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, lineEnd, mark) => {
      const text =
        (mark ? '\uFEFF' : '') + rows.map((row) => csvLine(row.map((c) => c.replace(/^\uFEFF/, '')))).join(lineEnd);

      expect(csvRows(text + lineEnd)).toEqual(rows.map((row) => row.map((c) => c.replace(/^\uFEFF/, ''))));
    }),
  );
});

test.each([
  ['', []],
  ['a,b', [['a', 'b']]],
  ['a,b\n', [['a', 'b']]],
  ['a,\n', [['a', '']]],
  ['a,', [['a', '']]],
  ['a\n\nb', [['a'], [''], ['b']]],
  [' a , "b "', [['a', 'b ']]],
  ['a,"b\nc', [['a', 'b\nc']]],
])('reads %j', (text, rows) => {
  expect(csvRows(text)).toEqual(rows);
});
