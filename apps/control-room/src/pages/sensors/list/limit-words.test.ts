import { limitWords } from './limit-words.js';

test('limits are named by their marks, from the lowest to the highest', () => {
  expect(limitWords({ highHigh: 0.44, low: -0.1, deadband: 1 })).toBe('L\u2009\u22120.1\u2002HH\u20090.44');
});

test('a computed limit shows no dust of binary fractions', () => {
  expect(limitWords({ high: 101 * 0.8 })).toBe('H\u200980.8');
});

test('no limits are no words', () => {
  expect(limitWords({})).toBe('');
});
