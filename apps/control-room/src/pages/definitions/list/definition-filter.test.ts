import { SHIPPED_DEFINITIONS } from '@lifeline/catalogue';
import { priorityByConsequence, type AlarmDefinition } from '@lifeline/contracts';
import { matching, ruleOfDefinition, typesIn, type DefinitionFilter } from './definition-filter.js';

const shipped = [...SHIPPED_DEFINITIONS].map(([definitionId, content]): AlarmDefinition => ({
  ...content,
  ...{ definitionId, version: 1, editedBy: null, editedAtMs: 0, note: null },
  priority: priorityByConsequence(content.consequenceClass, content.minutesToRespond),
}));
const none: DefinitionFilter = {
  ...{ utility: undefined, priority: undefined, type: undefined, rule: undefined, q: undefined },
};
const idsOf = (filter: Partial<DefinitionFilter>): string[] =>
  matching(shipped, { ...none, ...filter }).map(({ definitionId }) => definitionId);

test('shows all where nothing narrows', () => {
  expect(idsOf({})).toHaveLength(shipped.length);
});

test('narrows to a lifeline, with what holds for all of them', () => {
  const gas = idsOf({ utility: 'gas' });
  expect(gas).toContain('P_MID.limit.low');
  expect(gas).toContain('stale');
  expect(gas).not.toContain('physics.grid-frequency');
});

test('narrows to a priority, a type and a rule', () => {
  expect(matching(shipped, { ...none, priority: 'orange' }).every(({ priority }) => priority === 'orange')).toBe(true);
  expect(idsOf({ type: 'O2', rule: 'limit' })).toEqual(expect.arrayContaining(['O2.limit.low']));
  expect(idsOf({ rule: 'physics' }).every((id) => ruleOfDefinition(id) === 'physics')).toBe(true);
});

test('finds every word sought, in either language, in any order', () => {
  expect(idsOf({ q: 'methane manhole' })).toContain('CH4_MH.limit.high');
  expect(idsOf({ q: '窨井' })).toContain('CH4_MH.limit.high');
  expect(idsOf({ q: 'methane nowhere-at-all' })).toEqual([]);
});

test('names each type once', () => {
  const types = typesIn(shipped);
  expect(types).toContain('CH4_MH');
  expect(new Set(types).size).toBe(types.length);
});
