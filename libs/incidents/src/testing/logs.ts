import fc from 'fast-check';
import { PRIORITIES, type AlarmTransition } from '@lifeline/contracts';
import { ASSETS, next, outage, raise, seconds } from './builders.js';

const TYPES = {
  gas: ['CH4_MH', 'P_LOW'],
  power: ['U_10', 'U_LV', 'T_OIL'],
  drainage: ['POND', 'LVL_SP', 'RAIN1H'],
  bridge: ['WIND', 'STRN'],
} as const;
const asset = fc.constantFrom(...ASSETS);
const begun = fc
  .tuple(asset, fc.nat(2), fc.constantFrom('low', 'low-low', 'high', 'stale', 'rate'), fc.nat(1500), fc.nat(3))
  .map(([of, type, limit, atS, rank]) => {
    const types = TYPES[of.utility];
    if (of.kind === 'feeder' && rank < 2) return outage(of.assetId, atS);
    return raise(of.assetId, types[type % types.length]!, limit as 'low', atS, { priority: PRIORITIES[rank]! });
  });
const STEPS: readonly Partial<AlarmTransition>[] = [
  { event: 'escalate', state: 'unacknowledged', priority: 'red' },
  { event: 'acknowledge', state: 'acknowledged' },
  { event: 'clear', state: 'returned-unacknowledged' },
  { event: 'acknowledge', state: 'normal' },
  {
    event: 'shelve',
    state: 'shelved',
    holds: { active: true, shelvedUntilMs: seconds(9000), suppressedBy: null, permit: null },
  },
  { event: 'unshelve', state: 'unacknowledged', holds: null },
];
/** Lives of alarms, in any order, with repeats: late ones and gaps are among them. */
export const log = fc
  .array(fc.tuple(begun, fc.array(fc.constantFrom(...STEPS), { maxLength: 4 })), { minLength: 1, maxLength: 60 })
  .map((lives) =>
    lives.flatMap(([first, steps]) => {
      const life = [first];
      for (const step of steps) life.push(next(life[life.length - 1]!, { holds: null, ...step }));
      return life;
    }),
  )
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.array(fc.nat(all.length - 1), { maxLength: all.length }),
      fc.shuffledSubarray(all, { minLength: Math.ceil(all.length / 2) }),
    ),
  )
  .map(([all, repeats, shuffled]) => [...shuffled, ...repeats.map((i) => all[i]!)]);
