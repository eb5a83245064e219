import { DISTRIBUTION_ONAN, LARGE_ONAF, TransformerHeat, type ThermalType } from './thermal.js';

/** The worked example of the domain defaults (2.3): steady at 0.7, then 1.2 for 240 min, then 0.7; air 20 °C; °C at each minute. */
const EXAMPLE: readonly { type: ThermalType; at: readonly [number, number, number][] }[] = [
  {
    type: DISTRIBUTION_ONAN,
    at: [
      [0, 55.3, 68.3],
      [15, 58.2, 86.5],
      [60, 65.4, 96.1],
      [240, 81.3, 112.1],
      [300, 74.0, 87.0],
      [480, 62.2, 75.2],
    ],
  },
  {
    type: LARGE_ONAF,
    at: [
      [0, 52.8, 69.2],
      [15, 59.1, 94.7],
      [60, 71.8, 111.8],
      [240, 85.8, 119.4],
      [300, 67.6, 77.2],
      [480, 54.1, 69.9],
    ],
  },
];

describe('transformer heat', () => {
  it.each(EXAMPLE)('follows the worked example within 0.1 K', ({ type, at }) => {
    const heat = new TransformerHeat(type, 0.7, 20);
    let minute = 0;
    for (const [until, oil, hotSpot] of at) {
      for (; minute < until; minute++) heat.step(1, minute < 240 ? 1.2 : 0.7, 20);
      expect(Math.abs(heat.topOilC - oil)).toBeLessThanOrEqual(0.1);
      expect(Math.abs(heat.hotSpotC - hotSpot)).toBeLessThanOrEqual(0.1);
    }
  });

  it('comes to 98 °C at the hot spot under rated load and 20 °C air', () => {
    expect(new TransformerHeat(DISTRIBUTION_ONAN, 1, 20).hotSpotC).toBeCloseTo(98, 6);
    expect(new TransformerHeat(LARGE_ONAF, 1, 20).hotSpotC).toBeCloseTo(98, 6);
  });
});
