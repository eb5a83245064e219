import { csvField } from './csv-file.js';

describe('a text in a CSV file', () => {
  it.each([
    ['Outlet 出口压力', 'Outlet 出口压力'],
    ['a, "b"', '"a, ""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['-', '-'],
  ])('%j is %s', (text, field) => {
    expect(csvField(text)).toBe(field);
  });

  it.each(['=1+2', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("x")'])('%j is no formula to a spreadsheet', (text) => {
    expect(csvField(text).replace(/^"/, '').startsWith("'")).toBe(true);
  });
});
