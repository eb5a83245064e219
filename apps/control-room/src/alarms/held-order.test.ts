import fc from 'fast-check';
import { heldOrder, stepFrom } from './held-order.js';

test('a list nobody points at shows the newest order', () => {
  expect(heldOrder(undefined, ['b', 'a'])).toEqual({ shown: ['b', 'a'], waiting: 0 });
});

test('new alarms wait behind a held list', () => {
  expect(heldOrder(['a', 'b'], ['x', 'a', 'y', 'b', 'z'])).toEqual({ shown: ['a', 'b'], waiting: 3 });
});

test('no line moves while the list is held, whatever comes or goes', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }));
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), ids, (held, sorted) => {
      expect(heldOrder(held, sorted).shown).toEqual(held);
    }),
  );
});

test('an empty list has nothing to hold', () => {
  expect(heldOrder([], ['a']).shown).toEqual(['a']);
});

test('steps stay inside the list', () => {
  expect(stepFrom(['a', 'b'], undefined, 1)).toBe('a');
  expect(stepFrom(['a', 'b'], undefined, -1)).toBe('b');
  expect(stepFrom(['a', 'b'], 'b', 1)).toBe('b');
  expect(stepFrom(['a', 'b'], 'b', -1)).toBe('a');
  expect(stepFrom(['a', 'b'], 'gone', 1)).toBe('a');
  expect(stepFrom([], undefined, 1)).toBeUndefined();
});
