import { channelTypeOfDefinition, utilityOfDefinition } from './lifeline-of.js';
import { SHIPPED_DEFINITIONS } from './shipped.js';

test('tells the lifeline of a definition by its type of channel, or by the test that only one lifeline has', () => {
  expect(utilityOfDefinition('P_MID.limit.low')).toBe('gas');
  expect(utilityOfDefinition('LVL_SP.limit.high')).toBe('drainage');
  expect(utilityOfDefinition('physics.grid-frequency')).toBe('power');
  expect(utilityOfDefinition('physics.ship-strike')).toBe('bridge');
});

test('tells none of what holds for every lifeline', () => {
  for (const id of ['limit', 'stale', 'group.swapped', 'physics']) expect(utilityOfDefinition(id)).toBeUndefined();
});

test('knows the type of every definition that begins with one', () => {
  for (const id of SHIPPED_DEFINITIONS.keys()) {
    const isTyped = /^[A-Z]/.test(id);
    expect([id, channelTypeOfDefinition(id) !== undefined]).toEqual([id, isTyped]);
  }
});
