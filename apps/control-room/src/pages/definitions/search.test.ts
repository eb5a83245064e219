import { readDefinitionsSearch } from './search.js';

test('reads what is open and what the list is narrowed to', () => {
  const raw = { def: 'P_MID.limit.low', type: 'P_MID', rule: 'limit', version: '3', edit: true };
  expect(readDefinitionsSearch(raw)).toEqual({ ...raw, version: 3 });
});

test('leaves out what makes no sense', () => {
  expect(readDefinitionsSearch({ def: '', rule: 'gut-feeling', version: '-1', edit: 'perhaps', type: 7 })).toEqual({});
});
