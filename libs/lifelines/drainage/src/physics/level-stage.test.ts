import fc from 'fast-check';
import { manholeStage, pondingStage } from './level-stage.js';

describe('the stage of a level', () => {
  it.each([
    [14, 0, 0],
    [15, 0, 3],
    [27, 0, 2],
    [40, 0, 1],
    [16, 11, 1],
    [10, 20, 0],
  ])('of %d cm of ponding that rises %d cm in ten minutes is %d', (depth, rise, stage) => {
    expect(pondingStage(depth, rise)).toBe(stage);
  });

  it('of a manhole follows the water under its cover, and its pipe', () => {
    expect(manholeStage(2, 0.3, 0.6)).toBe(0);
    expect(manholeStage(2, 0.6, 0.6)).toBe(3);
    expect(manholeStage(2, 0.6)).toBe(0);
    expect(manholeStage(0.5, 2)).toBe(2);
    expect(manholeStage(0.1, 3)).toBe(1);
  });

  it('never gets better as the water rises', () => {
    const depth = fc.double({ min: 0, max: 200, noNaN: true });
    const grave = (stage: number) => (stage === 0 ? 0 : 4 - stage);
    fc.assert(
      fc.property(depth, depth, fc.double({ min: 0, max: 50, noNaN: true }), (a, b, rise) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(grave(pondingStage(high, rise))).toBeGreaterThanOrEqual(grave(pondingStage(low, rise)));
      }),
    );
  });
});
