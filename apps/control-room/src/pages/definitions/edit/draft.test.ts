import { SHIPPED_DEFINITIONS } from '@lifeline/catalogue';
import { checked, draftOf, type Draft, type DraftErrors } from './draft.js';

const content = SHIPPED_DEFINITIONS.get('CH4_MH.limit.high')!;
const draft = draftOf(content, 'after the drill');

function errorsOf(over: Partial<Draft>): DraftErrors {
  const result = checked({ ...draft, ...over });
  return result.kind === 'wrong' ? result.errors : new Map();
}

test('gives back every shipped definition as it was', () => {
  for (const [id, shipped] of SHIPPED_DEFINITIONS) {
    expect([id, checked(draftOf(shipped, 'why'))]).toEqual([id, { kind: 'fine', content: shipped, note: 'why' }]);
  }
});

test('wants both languages, a step at least, and why', () => {
  expect([...errorsOf({ title: { en: ' ', zh: '' }, procedure: [], note: ' ' })]).toEqual([
    ['note', { kind: 'required' }],
    ['title.en', { kind: 'required' }],
    ['title.zh', { kind: 'required' }],
    ['procedure', { kind: 'required' }],
  ]);
});

test('tells a missing number from a wrong one, and from one beyond its bounds', () => {
  expect(errorsOf({ minutesToRespond: '' }).get('minutesToRespond')).toEqual({ kind: 'required' });
  expect(errorsOf({ minutesToRespond: 'soon' }).get('minutesToRespond')).toEqual({ kind: 'number' });
  expect(errorsOf({ minutesToRespond: '0' }).get('minutesToRespond')).toEqual({ kind: 'over', bound: 0 });
  expect(errorsOf({ minutesToRespond: '1e9' }).get('minutesToRespond')).toEqual({ kind: 'atMost', bound: 43_200 });
  expect(errorsOf({ reAlarmMinutes: 'often' }).get('reAlarmMinutes')).toEqual({ kind: 'number' });
  expect(errorsOf({ reAlarmMinutes: '' }).size).toBe(0);
});

test('tells how much is too much', () => {
  expect(errorsOf({ title: { en: 'x'.repeat(121), zh: '题' } }).get('title.en')).toEqual({
    kind: 'tooLong',
    bound: 120,
  });
  const steps = Array.from({ length: 21 }, () => ({ en: 'Go', zh: '去' }));
  expect(errorsOf({ procedure: steps }).get('procedure')).toEqual({ kind: 'tooMany', bound: 20 });
  expect(errorsOf({ procedure: [{ en: '', zh: '去' }] }).get('procedure.0.en')).toEqual({ kind: 'required' });
  expect(errorsOf({ note: 'x'.repeat(501) }).get('note')).toEqual({ kind: 'tooLong', bound: 500 });
});
