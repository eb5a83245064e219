import fc from 'fast-check';
import { FaultBook, strength, type Fault } from './fault-book.js';

const fault = (startMs: number, endMs: number, kind = 'leak'): Fault => ({
  kind,
  target: 'x',
  startMs,
  endMs,
  parameters: {},
});

describe('the strength of a fault', () => {
  it('is nothing before its start, grows until its end and fades after', () => {
    const one = fault(10_000, 70_000);
    expect(strength(one, 9_999, 5, 5)).toBe(0);
    expect(strength(one, 15_000, 5, 5)).toBeCloseTo(1 - Math.exp(-1), 6);
    expect(strength(one, 70_000, 5, 5)).toBeGreaterThan(0.999);
    expect(strength(one, 75_000, 5, 5)).toBeCloseTo(Math.exp(-1), 3);
  });

  it('stays between 0 and 1 at any time', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(3e6), (start, length, at) => {
        const value = strength(fault(start, start + length), at, 3, 7);
        expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
  });
});

describe('the book of faults', () => {
  it('knows which is in force and which was the newest', () => {
    const book = new FaultBook();
    book.add(fault(0, 10));
    book.add(fault(20, 30));
    expect(book.active('x', 'leak', 15)).toBeUndefined();
    expect(book.active('x', 'leak', 25)?.startMs).toBe(20);
    expect(book.begun('x', 'leak', 15)?.startMs).toBe(0);
    expect(book.begun('x', 'leak', 40)?.startMs).toBe(20);
    expect(book.begun('x', 'other', 40)).toBeUndefined();
  });

  it('forgets what ended long ago', () => {
    const book = new FaultBook();
    book.add(fault(0, 10));
    book.add(fault(20, 30));
    book.forgetBefore(15);
    expect(book.ofKind('leak').map(({ startMs }) => startMs)).toEqual([20]);
    expect(book.begun('x', 'leak', 12)).toBeUndefined();
  });
});
