import fc from 'fast-check';
import { findWaveFront } from './wave-front.js';
import { leakFromStartM, waveDelayS } from './wave-location.js';

const STEP_MS = 10;

/** A record at 100 Hz in which the pressure falls by `drop` around `frontMs`, within `riseMs`, with noise that repeats. */
function record(frontMs: number, drop: number, noise: number, riseMs = 30, seed = 1) {
  const timesMs = Array.from({ length: 400 }, (_, i) => i * STEP_MS);
  let state = seed * 2654435761;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const white = () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  const values = timesMs.map((t) => 360 - drop / (1 + Math.exp((-4 * (t - frontMs)) / riseMs)) + noise * white());
  return { timesMs, values };
}

describe('the front of a pressure wave', () => {
  it('is found between the samples, to a tenth of a sampling step', () => {
    fc.assert(
      fc.property(fc.double({ min: 700, max: 1500, noNaN: true }), fc.nat(1000), (frontMs, seed) => {
        const { timesMs, values } = record(frontMs, 2, 0.01, 30, seed);
        const front = findWaveFront(timesMs, values)!;
        expect(Math.abs(front.atMs - frontMs)).toBeLessThan(1);
        expect(Math.abs(front.drop - 2)).toBeLessThan(0.1);
      }),
      { numRuns: 60 },
    );
  });

  it('states an uncertainty that it keeps', () => {
    let inside = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { timesMs, values } = record(1000 + seed * 1.37, 0.5, 0.03, 40, seed);
      const front = findWaveFront(timesMs, values)!;
      if (Math.abs(front.atMs - (1000 + seed * 1.37)) < 2 * front.uncertaintyMs) inside++;
    }
    expect(inside).toBeGreaterThan(85);
  });

  it('is none in noise, in a slow fall or in a rise', () => {
    expect(findWaveFront(...parts(record(1000, 0, 0.02)))).toBeUndefined();
    expect(findWaveFront(...parts(record(1000, -2, 0.02)))).toBeUndefined();
    const slow = record(1000, 0, 0.02);
    expect(
      findWaveFront(
        slow.timesMs,
        slow.values.map((v, i) => v - i * 0.0005),
      ),
    ).toBeUndefined();
    expect(findWaveFront([0, 10], [1, 0])).toBeUndefined();
  });

  it('places a leak on a pipe within 2 % of its length, with clocks of 1 ms', () => {
    const path = { lengthM: 900, waveSpeedMs: 390, flowMs: 0 };
    fc.assert(
      fc.property(
        fc.double({ min: 0.03, max: 0.97, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.nat(500),
        (share, clockMs, seed) => {
          const delayS = waveDelayS(path, share * path.lengthM);
          const a = record(2000 + delayS * 500, 0.4, 0.012, 30, seed);
          const b = record(2000 - delayS * 500, 0.4, 0.012, 30, seed + 7);
          const heardS = (findWaveFront(...parts(a))!.atMs - findWaveFront(...parts(b))!.atMs + clockMs) / 1000;
          expect(Math.abs(leakFromStartM(path, heardS) - share * path.lengthM)).toBeLessThan(0.02 * path.lengthM);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function parts({ timesMs, values }: { timesMs: number[]; values: number[] }): [number[], number[]] {
  return [timesMs, values];
}
