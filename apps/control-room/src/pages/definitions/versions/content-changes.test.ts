import { SHIPPED_DEFINITIONS } from '@lifeline/catalogue';
import fc from 'fast-check';
import { changedParts, linesOfChange, merged } from './content-changes.js';

const base = SHIPPED_DEFINITIONS.get('CH4_MH.limit.high')!;

test('finds nothing between a content and itself, and each part that differs', () => {
  expect(changedParts(base, { ...base })).toEqual([]);
  expect(changedParts(base, { ...base, latches: !base.latches, title: { en: 'Gas', zh: '气' } })).toEqual([
    'title',
    'latches',
  ]);
});

test('tells a step that went, one that came, and those kept', () => {
  expect(linesOfChange(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
    { kind: 'kept', text: 'a' },
    { kind: 'gone', text: 'b' },
    { kind: 'new', text: 'x' },
    { kind: 'kept', text: 'c' },
    { kind: 'new', text: 'd' },
  ]);
});

test('holds both sides of any change whole', () => {
  const steps = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const lines = linesOfChange(before, after);
      expect(lines.filter(({ kind }) => kind !== 'new').map(({ text }) => text)).toEqual(before);
      expect(lines.filter(({ kind }) => kind !== 'gone').map(({ text }) => text)).toEqual(after);
    }),
  );
});

test('puts an edit upon what another did elsewhere', () => {
  const mine = { ...base, minutesToRespond: 20 };
  const theirs = { ...base, owner: { en: 'Depot', zh: '站' } };
  expect(merged(base, mine, theirs)).toEqual({
    content: { ...base, minutesToRespond: 20, owner: theirs.owner },
    clashes: [],
  });
});

test('names what both changed otherwise, and not what both changed alike', () => {
  const mine = { ...base, minutesToRespond: 20, latches: !base.latches };
  const theirs = { ...base, minutesToRespond: 25, latches: !base.latches };
  const { content, clashes } = merged(base, mine, theirs);
  expect(clashes).toEqual(['minutesToRespond']);
  expect(content.minutesToRespond).toBe(20);
});
