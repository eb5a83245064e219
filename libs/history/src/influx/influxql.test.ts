import { quoteText, quoteTime } from './influxql.js';

describe('literals of InfluxQL', () => {
  it('puts quotes and backslashes behind a backslash, so that a name stays a name', () => {
    expect(quoteText(`x' OR device != '`)).toBe(`'x\\' OR device != \\''`);
    expect(quoteText('a\\')).toBe(`'a\\\\'`);
  });

  it('refuses a time that is not a whole number', () => {
    expect(quoteTime(-5)).toBe('-5ms');
    expect(() => quoteTime(NaN)).toThrow(RangeError);
  });
});
