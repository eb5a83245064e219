import fc from 'fast-check';
import { LevelSlots } from './level-slots.js';

const T0 = 1_773_100_800_000;
const fresh = () => new LevelSlots(new Float64Array(LevelSlots.fieldsOf(8)), 0, 8, 60_000);

describe('means of a level', () => {
  it('give the slope of a steady rise, however it is sampled', () => {
    const steps = fc.array(fc.integer({ min: 1000, max: 50_000 }), { minLength: 60, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.double({ min: -1, max: 1, noNaN: true }), (apart, slope) => {
        const slots = fresh();
        let now = T0;
        for (const step of apart) slots.take((now += step), 5 + (slope * (now - T0)) / 1000);
        expect(Math.abs(slots.trend()!.slope - slope)).toBeLessThan(0.15 * Math.abs(slope) + 1e-9);
      }),
    );
  });

  it('begin anew after a silence', () => {
    const slots = fresh();
    for (let i = 0; i < 10; i++) slots.take(T0 + i * 60_000, i);
    expect(slots.trend()).toBeDefined();
    slots.take(T0 + 60 * 60_000, 3);
    expect(slots.trend()).toBeUndefined();
  });
});
