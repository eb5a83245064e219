import fc from 'fast-check';
import { decayDamping, fourier, strongestMode, welch } from './spectrum.js';

const SAMPLE_HZ = 50;

/** Acceleration of one mode under white noise: a second-order oscillator, stepped exactly enough at 50 Hz. */
function shaken(frequencyHz: number, damping: number, seconds: number, seed: number): Float64Array {
  const out = new Float64Array(seconds * SAMPLE_HZ);
  const omega = 2 * Math.PI * frequencyHz;
  const steps = 4;
  const dt = 1 / SAMPLE_HZ / steps;
  let x = 0;
  let v = 0;
  let state = seed;
  const noise = (): number => {
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += state / 4_294_967_296 - 0.5;
    }
    return sum;
  };
  for (let i = 0; i < out.length; i++) {
    let a = 0;
    for (let k = 0; k < steps; k++) {
      a = noise() - 2 * damping * omega * v - omega * omega * x;
      v += a * dt;
      x += v * dt;
    }
    out[i] = -omega * omega * x;
  }
  return out;
}

describe('the spectrum of a vibration', () => {
  it('keeps the power of a signal (Parseval), whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 64, maxLength: 64 }),
        (values) => {
          const re = Float64Array.from(values);
          const im = new Float64Array(64);
          fourier(re, im);
          const before = values.reduce((sum, v) => sum + v * v, 0);
          const after = re.reduce((sum, v, i) => sum + v * v + im[i]! ** 2, 0) / 64;
          expect(Math.abs(after - before)).toBeLessThan(1e-9 * (1 + before));
        },
      ),
    );
  });

  it('finds a sine between two bins within a twentieth of a bin', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.8, max: 15, noNaN: true }), (frequencyHz) => {
        const signal = Float64Array.from({ length: 4096 }, (_, i) =>
          Math.sin((2 * Math.PI * frequencyHz * i) / SAMPLE_HZ),
        );
        const spectrum = welch(signal, SAMPLE_HZ, 1024);
        const mode = strongestMode(spectrum, 0.5, 20)!;
        expect(Math.abs(mode.frequencyHz - frequencyHz)).toBeLessThan(0.05 * spectrum.binHz);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [1.5, 0.02],
    [2.4, 0.03],
    [5, 0.015],
  ])('finds frequency within 1 %% and damping within a third of a mode at %d Hz with %d', (frequencyHz, damping) => {
    const mode = strongestMode(welch(shaken(frequencyHz, damping, 3600, 9), SAMPLE_HZ, 4096), 0.5, 20)!;
    expect(Math.abs(mode.frequencyHz / frequencyHz - 1)).toBeLessThan(0.01);
    expect(Math.abs(mode.damping / damping - 1)).toBeLessThan(0.34);
    expect(mode.prominence).toBeGreaterThan(10);
  });

  it('tells the damping of a free decay exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.3, noNaN: true }), fc.integer({ min: 1, max: 20 }), (damping, n) => {
        const decrement = (2 * Math.PI * damping) / Math.sqrt(1 - damping ** 2);
        const peaks = Array.from({ length: n + 1 }, (_, i) => 3 * Math.exp(-decrement * i));
        expect(decayDamping(peaks)).toBeCloseTo(damping, 6);
      }),
    );
  });

  it('refuses a signal that is shorter than a segment', () => {
    expect(() => welch(new Float64Array(100), SAMPLE_HZ, 128)).toThrow(RangeError);
  });
});
