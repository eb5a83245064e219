import fc from 'fast-check';
import type { Asset } from '@lifeline/contracts';
import { ageingRate, lossOfLifeMinutes } from './ageing.js';
import { afterLoadStep, gradientTargetK, oilTargetK, TransformerHeat } from './thermal.js';
import {
  DIRECTED_OIL,
  DISTRIBUTION_ONAN,
  FORCED_OIL,
  LARGE_ONAF,
  LARGE_ONAN,
  RESTRICTED_FORCED_OIL,
  RESTRICTED_ONAF,
  thermalTypeOf,
  type ThermalType,
} from './thermal-types.js';

/** The worked example of the domain defaults (2.3): steady at 0.7, then 1.2 for 240 min, then 0.7; air 20 °C; minute, °C, °C. */
const EXAMPLE: readonly {
  name: string;
  type: ThermalType;
  lossMinutes: number;
  at: readonly (readonly [number, number, number])[];
}[] = [
  {
    name: 'distribution ONAN',
    type: DISTRIBUTION_ONAN,
    lossMinutes: 578.8,
    at: [
      [0, 55.3, 68.3],
      [15, 58.2, 86.5],
      [30, 60.8, 91.2],
      [60, 65.4, 96.1],
      [120, 72.5, 103.3],
      [240, 81.3, 112.1],
      [300, 74.0, 87.0],
      [480, 62.2, 75.2],
    ],
  },
  {
    name: 'large ONAN',
    type: LARGE_ONAN,
    lossMinutes: 1530.6,
    at: [
      [0, 52.8, 69.2],
      [15, 57.4, 89.4],
      [30, 61.4, 99.7],
      [60, 67.8, 108.6],
      [120, 76.3, 114.4],
      [240, 83.7, 118.3],
      [300, 70.2, 79.7],
      [480, 55.9, 70.8],
    ],
  },
  {
    name: 'large ONAF',
    type: LARGE_ONAF,
    lossMinutes: 1878.6,
    at: [
      [0, 52.8, 69.2],
      [15, 59.1, 94.7],
      [30, 64.2, 104.7],
      [60, 71.8, 111.8],
      [120, 80.3, 116.6],
      [240, 85.8, 119.4],
      [300, 67.6, 77.2],
      [480, 54.1, 69.9],
    ],
  },
  {
    name: 'forced oil',
    type: FORCED_OIL,
    lossMinutes: 1800.0,
    at: [
      [0, 51.5, 65.4],
      [15, 58.6, 88.2],
      [30, 64.5, 95.2],
      [60, 73.8, 103.8],
      [120, 85.2, 114.2],
      [240, 94.0, 122.2],
      [300, 73.2, 85.1],
      [480, 54.4, 68.0],
    ],
  },
];

const TYPES = [...EXAMPLE.map(({ type }) => type), RESTRICTED_ONAF, RESTRICTED_FORCED_OIL, DIRECTED_OIL];

describe('transformer heat', () => {
  it.each(EXAMPLE)('follows the worked example within 0.1 K: $name', ({ type, at }) => {
    const heat = new TransformerHeat(type, 0.7, 20);
    let minute = 0;
    for (const [until, oil, hotSpot] of at) {
      for (; minute < until; minute++) heat.step(1, minute < 240 ? 1.2 : 0.7, 20);
      expect(Math.abs(heat.topOilC - oil)).toBeLessThanOrEqual(0.1);
      expect(Math.abs(heat.hotSpotC - hotSpot)).toBeLessThanOrEqual(0.1);
    }
  });

  it.each(EXAMPLE)('loses the life of the worked example within 0.5 %: $name', ({ type, lossMinutes }) => {
    const heat = new TransformerHeat(type, 0.7, 20);
    const hotSpots: number[] = [];
    for (let minute = 0; minute < 480; minute++) {
      heat.step(1, minute < 240 ? 1.2 : 0.7, 20);
      hotSpots.push(heat.hotSpotC);
    }
    const loss = lossOfLifeMinutes(hotSpots, 1);
    expect(Math.abs(loss / lossMinutes - 1)).toBeLessThanOrEqual(0.005);
  });

  it.each(EXAMPLE)('gives by the step form what the differences give, up and down: $name', ({ type, at }) => {
    const start = { oilK: oilTargetK(type, 0.7), gradientK: gradientTargetK(type, 0.7) };
    for (const [minute, oil, hotSpot] of at.filter(([minute]) => minute <= 240)) {
      const { topOilC, hotSpotC } = afterLoadStep(type, start, 1.2, 20, minute);
      expect(Math.abs(topOilC - oil)).toBeLessThanOrEqual(0.2);
      // Steps of a minute lag a little behind the exponential in the winding's first minutes.
      expect(Math.abs(hotSpotC - hotSpot)).toBeLessThanOrEqual(0.7);
    }
    const top = { oilK: at.find(([minute]) => minute === 240)![1] - 20, gradientK: gradientTargetK(type, 1.2) };
    const { topOilC } = afterLoadStep(type, top, 0.7, 20, 60);
    expect(Math.abs(topOilC - at.find(([minute]) => minute === 300)![1])).toBeLessThanOrEqual(0.2);
  });

  it('comes to 98 °C at the hot spot under rated load and 20 °C air, where it ages as rated', () => {
    for (const type of TYPES) {
      const { hotSpotC } = new TransformerHeat(type, 1, 20);
      expect(hotSpotC).toBeCloseTo(98, 6);
      expect(ageingRate(hotSpotC)).toBeCloseTo(1, 6);
    }
  });

  it.each([
    [DISTRIBUTION_ONAN, 0.5, 52.7],
    [DISTRIBUTION_ONAN, 0.8, 77.4],
    [DISTRIBUTION_ONAN, 1.2, 121.4],
    [DISTRIBUTION_ONAN, 1.5, 161.4],
    [LARGE_ONAF, 0.5, 53.4],
    [LARGE_ONAF, 0.8, 78.2],
    [LARGE_ONAF, 1.2, 120.1],
    [LARGE_ONAF, 1.5, 157.2],
  ])('is steady where the worked figures say (%#)', (type, load, hotSpotC) => {
    expect(Math.abs(new TransformerHeat(type, load, 20).hotSpotC - hotSpotC)).toBeLessThanOrEqual(0.1);
  });

  it('never passes its target from below at a lasting load, and keeps what is steady', () => {
    const load = fc.double({ min: 0, max: 1.8, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        load,
        load,
        fc.integer({ min: 1, max: 1500 }),
        (type, from, to, minutes) => {
          const heat = new TransformerHeat(type, from, 20);
          heat.step(minutes, to, 20);
          const ends = [20 + oilTargetK(type, from), 20 + oilTargetK(type, to)];
          expect(heat.topOilC).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
          expect(heat.topOilC).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
          const steady = new TransformerHeat(type, to, 20);
          const before = steady.hotSpotC;
          steady.step(minutes, to, 20);
          expect(steady.hotSpotC).toBeCloseTo(before, 9);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('ageing', () => {
  it('doubles with each 6 K on normal paper', () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 140, noNaN: true }), (hotSpotC) => {
        expect(ageingRate(hotSpotC + 6) / ageingRate(hotSpotC)).toBeCloseTo(2, 9);
      }),
    );
  });

  it('is rated at 110 °C on upgraded paper, and slower than normal paper there', () => {
    expect(ageingRate(110, 'upgraded')).toBeCloseTo(1, 9);
    expect(ageingRate(110)).toBeCloseTo(4, 9);
  });
});

describe('the thermal type of an asset', () => {
  const asset = (kind: Asset['kind'], properties: Asset['properties']): Asset => ({
    assetId: 'a',
    utility: 'power',
    kind,
    name: 'A',
    nameZh: 'A',
    district: 'd',
    geometry: { type: 'Point', coordinates: [118, 32] },
    properties,
  });

  it('goes by nameplate and cooling, and says where it had to guess', () => {
    expect(thermalTypeOf(asset('transformer', { ratedKva: 400, cooling: 'ONAN' }))).toEqual({
      type: DISTRIBUTION_ONAN,
      guessed: false,
    });
    expect(thermalTypeOf(asset('substation', { ratedMva: 50, cooling: 'ONAF' })).type).toEqual(LARGE_ONAF);
    expect(thermalTypeOf(asset('transformer', {}))).toEqual({ type: DISTRIBUTION_ONAN, guessed: true });
    expect(thermalTypeOf(asset('transformer', { ratedKva: 400, oilRiseK: 48 })).type.oilRiseK).toBe(48);
  });
});
