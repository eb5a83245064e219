import type { AlarmTransition } from '@lifeline/contracts';
import { CHATTER_CRITERIA } from '../index.js';
import { low, newDesk } from '../testing/builders.js';
import { measurePerformance } from './performance.js';

const SECOND = 1000;
const MINUTE = 60_000;

/** Comes back over its limit of 200 by so much for so long, again and again; through the real desk. */
function comings(
  count: number,
  everyMs: number,
  pauseMs: number,
  back: number,
  chatter = CHATTER_CRITERIA,
): AlarmTransition[] {
  const desk = newDesk({ chatter });
  return Array.from({ length: count }).flatMap((_, i) =>
    [
      desk.condition(low('begin', (i + 1) * everyMs)) ?? [],
      desk.condition(low('end', (i + 2) * everyMs - pauseMs, { value: 200 + back })) ?? [],
    ].flat(),
  );
}
const worst = (steps: readonly AlarmTransition[]) =>
  measurePerformance(steps, { fromMs: 0, toMs: 600 * MINUTE, operators: 1 }).badActors[0];

test('a point that comes and goes is told the off-delay and the deadband that would have made one alarm of it', () => {
  expect(worst(comings(6, 4 * MINUTE, 62 * SECOND, 3, []))!.suggestion).toEqual({
    offDelayS: 70,
    deadband: 3.3,
    unit: 'kPa',
  });
});

test('so is one whose comings the desk folded into a line', () => {
  expect(worst(comings(40, 10 * SECOND, 4 * SECOND, 2))!.suggestion).toEqual({
    offDelayS: 5,
    deadband: 2.2,
    unit: 'kPa',
  });
});

test('what came once, or came back hours later, is told nothing', () => {
  expect(worst(comings(1, 4 * MINUTE, 62 * SECOND, 3, []))).not.toHaveProperty('suggestion');
  expect(worst(comings(4, 120 * MINUTE, 60 * MINUTE, 3, []))).not.toHaveProperty('suggestion');
});
