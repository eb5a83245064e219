import fc from 'fast-check';
import { stepFrom } from './held-order.js';
import { walkOn } from './walk.js';

const list = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 });
const way = fc.constantFrom<1 | -1>(1, -1);

test('in a list that stands still a step goes to the neighbour', () => {
  fc.assert(
    fc.property(list, fc.nat(), way, (order, n, by) => {
      const key = order[n % order.length]!;
      expect(walkOn({ key, order }, order, by)).toBe(stepFrom(order, key, by));
    }),
  );
});

test('from a line that has gone it goes on to the next that stands, and turns at the end', () => {
  const stand = { key: 'c', order: ['a', 'b', 'c', 'd', 'e'] };
  expect(walkOn(stand, ['a', 'b', 'd', 'e'], 1)).toBe('d');
  expect(walkOn(stand, ['a', 'b', 'd', 'e'], -1)).toBe('b');
  expect(walkOn(stand, ['new', 'a', 'e'], 1)).toBe('e');
  expect(walkOn(stand, ['a', 'b'], 1)).toBe('b');
  expect(walkOn(stand, ['new'], 1)).toBe('new');
  expect(walkOn(stand, [], 1)).toBeUndefined();
});

test('a new line below is not passed by', () => {
  expect(walkOn({ key: 'a', order: ['a', 'b'] }, ['a', 'new', 'b'], 1)).toBe('new');
});

test('walking down and acknowledging comes by every line once, wherever what is acknowledged is put', () => {
  fc.assert(
    fc.property(list, fc.infiniteStream(fc.constantFrom('goes', 'last')), (all, fates) => {
      let shown = [...all];
      const seen: string[] = [];
      let stand: { key: string; order: readonly string[] } | undefined;
      for (const fate of fates) {
        if (seen.length === all.length) break;
        const key = walkOn(stand, shown, 1)!;
        seen.push(key);
        stand = { key, order: shown };
        shown = [...shown.filter((other) => other !== key), ...(fate === 'last' ? [key] : [])];
      }
      expect(seen).toEqual(all);
    }),
  );
});
