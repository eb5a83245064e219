import fc from 'fast-check';
import {
  CONSEQUENCE_CLASSES,
  definitionIdSchema,
  definitionIdsOf,
  definitionOf,
  priorityByConsequence,
  worsePriority,
  type DefinedAlarm,
} from './alarm-definition.js';
import type { Evidence } from './alarm.js';
import { PRIORITIES } from './vocabulary.js';

const found = (test: string): DefinedAlarm => ({
  rule: 'physics',
  limit: { kind: 'finding', value: null },
  evidence: {
    ...{ test, expected: null, residual: null, carriers: [], confidence: null, location: null, figures: [] },
  } satisfies Evidence,
});

describe('the definition of an alarm', () => {
  it('is the most specific one that exists', () => {
    const alarm: DefinedAlarm = { rule: 'limit', limit: { kind: 'high', value: 1 }, evidence: null };
    const ids = ['CH4_MH.limit.high', 'limit.high', 'limit'];
    expect(definitionIdsOf(alarm, 'CH4_MH')).toEqual(ids);
    while (ids.length > 0) {
      expect(definitionOf(alarm, 'CH4_MH', new Map(ids.map((id) => [id, id])))).toBe(ids.shift());
    }
    expect(definitionOf(alarm, 'CH4_MH', new Map())).toBeUndefined();
    expect(definitionIdsOf(alarm, null)).toEqual(['limit.high', 'limit']);
  });

  it('is found by a test whose name ends in what it watches', () => {
    const byId = new Map([['physics.joint-over-load', 1]]);
    expect(definitionOf(found('joint-over-load-12'), 'T_JNT', byId)).toBe(1);
    expect(definitionOf(found('joint-overload'), 'T_JNT', byId)).toBeUndefined();
  });

  it('has an id of a rule, a limit or test, and a type', () => {
    for (const id of ['limit', 'limit.high-high', 'P_MID.rate.rate', 'physics.mass-balance', 'O2.limit.low'])
      expect(definitionIdSchema.safeParse(id).success).toBe(true);
    for (const id of ['', 'P_MID', 'P_MID.limit', 'high.limit', 'p.limit.high', 'limit.', 'limit.high.low'])
      expect(definitionIdSchema.safeParse(id).success).toBe(false);
  });
});

describe('the priority of a definition', () => {
  it('is never less where there is less time, and red for people alone', () => {
    const minutes = fc.double({ min: 0.1, max: 43_200, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...CONSEQUENCE_CLASSES), minutes, minutes, (consequence, a, b) => {
        const [soon, late] = [Math.min(a, b), Math.max(a, b)].map((m) => priorityByConsequence(consequence, m));
        expect(worsePriority(soon!, late!)).toBe(soon);
        expect(soon === 'red').toBe(consequence === 'people' && Math.min(a, b) <= 15);
      }),
    );
  });

  it('is the worse of two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRIORITIES), fc.constantFrom(...PRIORITIES), (a, b) => {
        const worse = worsePriority(a, b);
        expect(PRIORITIES.indexOf(worse)).toBe(Math.min(PRIORITIES.indexOf(a), PRIORITIES.indexOf(b)));
      }),
    );
  });
});
