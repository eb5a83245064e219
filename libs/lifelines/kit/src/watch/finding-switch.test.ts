import fc from 'fast-check';
import { FindingSwitch, priorityOf, type Gravity } from './finding-switch.js';

const T0 = 1_700_000_000_000;
const newSwitch = (state = new Float64Array(FindingSwitch.FIELDS)) =>
  new FindingSwitch(state, 0, { onDelayMs: 10_000, offDelayMs: 30_000 });

describe('a finding switch', () => {
  it('begins after its on-delay, worsens, and ends after its off-delay', () => {
    const gate = newSwitch();
    expect(gate.judge(2, T0, 7)).toBeUndefined();
    expect(gate.judge(2, T0 + 9_999, 7)).toBeUndefined();
    expect(gate.judge(2, T0 + 10_000, 7)).toBe('begin');
    expect(gate.carrier).toBe(7);
    expect(gate.judge(4, T0 + 11_000, 8)).toBeUndefined();
    expect(gate.judge(4, T0 + 21_000, 8)).toBe('worsen');
    expect(priorityOf(gate.open)).toBe('red');
    expect(gate.judge(0, T0 + 22_000, 8)).toBeUndefined();
    expect(gate.judge(0, T0 + 52_000, 8)).toBe('end');
    expect(gate.carrier).toBe(7);
  });

  it('starts its delay anew where the test falters', () => {
    const gate = newSwitch();
    gate.judge(1, T0, 1);
    gate.judge(0, T0 + 5_000, 1);
    gate.judge(1, T0 + 6_000, 1);
    expect(gate.judge(1, T0 + 12_000, 1)).toBeUndefined();
  });

  it('goes on from a copy of its state', () => {
    const state = new Float64Array(FindingSwitch.FIELDS);
    const gate = newSwitch(state);
    gate.judge(3, T0, 1);
    expect(newSwitch(Float64Array.from(state)).judge(3, T0 + 10_000, 1)).toBe('begin');
  });

  it('alternates begin and end with rising times, whatever the test says', () => {
    const step = fc.record({ gravity: fc.constantFrom<Gravity>(0, 1, 2, 3, 4), passMs: fc.nat(40_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const gate = newSwitch();
        let now = T0;
        let last = 0;
        let open = false;
        for (const { gravity, passMs } of steps) {
          now += passMs;
          const move = gate.judge(gravity, now, 1);
          if (!move) continue;
          expect(move === 'begin').toBe(!open);
          open = move !== 'end';
          expect(gate.atMs).toBeGreaterThan(last);
          last = gate.atMs;
        }
      }),
      { numRuns: 60 },
    );
  });
});
