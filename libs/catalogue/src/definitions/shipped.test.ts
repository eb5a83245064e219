import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ALARM_RULES,
  alarmDefinitionContentSchema,
  definitionIdSchema,
  definitionIdsOf,
  priorityByConsequence,
  type AlarmRule,
} from '@lifeline/contracts';
import { CHANNEL_TYPES, PRIORITY_OF_LIMIT } from '../catalogue.js';
import { BRIDGE_SEEDS } from './bridge.js';
import { DRAINAGE_SEEDS } from './drainage.js';
import { GAS_SEEDS } from './gas.js';
import { GENERAL_SEEDS } from './general.js';
import { POWER_SEEDS } from './power.js';
import { SHIPPED_DEFINITIONS } from './shipped.js';

const libs = fileURLToPath(new URL('../../../', import.meta.url));
const sources = (folder: string): string[] =>
  readdirSync(join(libs, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|^testing\/|\/testing\//.test(name))
    .map((name) => readFileSync(join(libs, folder, name), 'utf8'));

/** Every name of a test in the code, by its rule. */
function testsInCode(): Map<string, AlarmRule> {
  const tests = new Map<string, AlarmRule>();
  const take = (folder: string, pattern: RegExp, rule: AlarmRule) => {
    for (const text of sources(folder))
      for (const [, found] of text.matchAll(pattern))
        for (const [, name] of found!.matchAll(/['"`]([a-z]+(?:-[a-z]+)*)/g)) tests.set(name!, rule);
  };
  for (const lifeline of ['gas', 'power', 'bridge', 'drainage']) {
    take(`lifelines/${lifeline}/src`, /\btest: (['"`][a-z-]+)/g, 'physics');
    take(`lifelines/${lifeline}/src`, /_TESTS = \[([^\]]+)\]/g, 'physics');
  }
  take('anomaly/src/learned', /LEARNED_TESTS = \[([^\]]+)\]/g, 'statistical');
  for (const folder of ['group', 'swap', 'wild']) take(`detection/src/${folder}`, /\bTEST = (['"`][a-z-]+)/g, 'group');
  return tests;
}

describe('the master alarm database that is shipped', () => {
  it('has a definition for every rule, and one of its own for every test there is', () => {
    const tests = testsInCode();
    expect([...tests.values()].filter((rule) => rule === 'physics').length).toBeGreaterThan(38);
    expect(tests.get('level-shift')).toBe('statistical');
    expect(tests.get('surcharge')).toBe('physics');
    for (const rule of ALARM_RULES) expect(SHIPPED_DEFINITIONS.has(rule)).toBe(true);
    const missing = [...tests].filter(([test, rule]) => !SHIPPED_DEFINITIONS.has(`${rule}.${test}`));
    expect(missing).toEqual([]);
  });

  it.each([...SHIPPED_DEFINITIONS])('tells whole what to do of %s', (definitionId, content) => {
    expect(definitionIdSchema.parse(definitionId)).toBe(definitionId);
    expect(alarmDefinitionContentSchema.parse(content)).toEqual(content);
    expect(content.procedure.length).toBeGreaterThanOrEqual(3);
    for (const { en, zh } of [
      content.title,
      content.cause,
      content.consequence,
      content.action,
      ...content.procedure,
    ]) {
      expect(en).toMatch(/^[\x20-\x7e°±−–·²³µσ]+$/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('names each definition once, and types and limits that exist', () => {
    const seeds = [...GENERAL_SEEDS, ...GAS_SEEDS, ...POWER_SEEDS, ...BRIDGE_SEEDS, ...DRAINAGE_SEEDS];
    const ids = seeds.flatMap(({ minutes }) => Object.keys(minutes));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { latches = [], minutes } of seeds) for (const id of latches) expect(minutes).toHaveProperty([id]);
    const codes = CHANNEL_TYPES.map(({ code }) => code);
    for (const id of ids.filter((one) => /^[A-Z]/.test(one))) {
      const [type, rule, limit] = id.split('.');
      expect(codes).toContain(type);
      expect(['limit.low-low', 'limit.low', 'limit.high', 'limit.high-high', 'rate.rate']).toContain(
        `${rule}.${limit}`,
      );
    }
  });

  it('leaves red to what the detector sees, and lifts no ordinary limit over its own priority by more than one', () => {
    const order = ['red', 'orange', 'yellow', 'blue'];
    for (const [id, content] of SHIPPED_DEFINITIONS) {
      const priority = priorityByConsequence(content.consequenceClass, content.minutesToRespond);
      expect(priority).not.toBe('red');
      const limit = PRIORITY_OF_LIMIT[id.split('.').at(-1) as keyof typeof PRIORITY_OF_LIMIT];
      if (limit && id.includes('.limit.'))
        expect(order.indexOf(limit) - order.indexOf(priority)).toBeLessThanOrEqual(1);
    }
  });

  it('has more to say of dangerous channels than of any limit', () => {
    for (const type of [
      'CH4_MH',
      'CH4_ST',
      'P_LOW',
      'P_MID',
      'POND',
      'LVL_SP',
      'T_OIL',
      'T_JNT',
      'LOAD',
      'GVW',
      'STRN',
      'TILT',
      'H2S',
      'O2',
      'FREQ',
    ]) {
      const ids = definitionIdsOf({ rule: 'limit', limit: { kind: 'high', value: 1 }, evidence: null }, type);
      expect(SHIPPED_DEFINITIONS.has(ids[0]!)).toBe(true);
    }
  });
});
