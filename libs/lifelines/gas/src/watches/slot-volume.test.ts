import fc from 'fast-check';
import { SLOT_MS } from '../physics/mass-balance.js';
import { SlotIntegral } from './slot-volume.js';

const T0 = SLOT_MS * 2_800_000;

describe('the integral over slots', () => {
  it('is exact for a straight line, however it is sampled', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 500, max: 60_000 }), { minLength: 60, maxLength: 200 }), (steps) => {
        const integral = new SlotIntegral(new Float64Array(SlotIntegral.FIELDS), 0);
        let now = T0 - 30_000;
        for (const step of steps) {
          integral.take(now, 100 + (now - T0) / 1000);
          const slot = Math.floor(now / SLOT_MS) - 1;
          const mean = integral.meanOf(slot);
          if (!Number.isNaN(mean) && slot > T0 / SLOT_MS - 1) {
            expect(mean).toBeCloseTo(100 + ((slot + 0.5) * SLOT_MS - T0) / 1000, 3);
          }
          now += step;
        }
      }),
    );
  });

  it('knows nothing of a slot in which its sensor was silent', () => {
    const integral = new SlotIntegral(new Float64Array(SlotIntegral.FIELDS), 0);
    for (let s = 0; s <= 600; s += 10) integral.take(T0 + s * 1000, 5);
    integral.take(T0 + 3 * SLOT_MS + 1000, 5);
    expect(integral.meanOf(T0 / SLOT_MS + 1)).toBeNaN();
    expect(integral.meanOf(T0 / SLOT_MS + 2)).toBeNaN();
  });
});
