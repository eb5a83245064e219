/** Discrete Fourier transform in place, length a power of two (Cooley and Tukey, radix 2, decimation in time). */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if ((n & (n - 1)) !== 0 || im.length !== n) {
    throw new RangeError(`the transform needs two arrays of one length, a power of two; has ${n} and ${im.length}`);
  }
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let size = 2; size <= n; size <<= 1) {
    const angle = (-2 * Math.PI) / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < size / 2; k++) {
        const cos = Math.cos(angle * k);
        const sin = Math.sin(angle * k);
        const a = start + k;
        const b = a + size / 2;
        const x = re[b]! * cos - im[b]! * sin;
        const y = re[b]! * sin + im[b]! * cos;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
}

/** Power spectral density of a signal. */
export interface Spectrum {
  /** Width of a bin, Hz; bin i is at i times that. */
  readonly binHz: number;
  /** In the signal's unit squared per Hz, one-sided. */
  readonly density: Float64Array;
}

/**
 * Welch's estimate (1967): segments of `segment` samples (a power of two), half overlapping, each less its mean and under a Hann
 * window, their periodograms averaged.
 * @throws RangeError where the signal is shorter than a segment
 */
export function welch(signal: Float64Array, sampleHz: number, segment: number): Spectrum {
  if (signal.length < segment) {
    throw new RangeError(`the spectrum needs at least one segment of ${segment} samples, has ${signal.length}`);
  }
  const density = new Float64Array(segment / 2 + 1);
  const re = new Float64Array(segment);
  const im = new Float64Array(segment);
  const hann = Float64Array.from({ length: segment }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / segment));
  const power = hann.reduce((sum, w) => sum + w * w, 0);
  let segments = 0;
  for (let start = 0; start + segment <= signal.length; start += segment / 2) {
    let mean = 0;
    for (let i = 0; i < segment; i++) mean += signal[start + i]! / segment;
    for (let i = 0; i < segment; i++) {
      re[i] = (signal[start + i]! - mean) * hann[i]!;
      im[i] = 0;
    }
    fourier(re, im);
    for (let i = 0; i <= segment / 2; i++) {
      const sides = i === 0 || i === segment / 2 ? 1 : 2;
      density[i]! += (sides * (re[i]! ** 2 + im[i]! ** 2)) / (sampleHz * power);
    }
    segments++;
  }
  for (let i = 0; i < density.length; i++) density[i]! /= segments;
  return { binHz: sampleHz / segment, density };
}

export interface Mode {
  readonly frequencyHz: number;
  /** Share of critical damping by the half-power width; NaN where the flanks do not fall to half. */
  readonly damping: number;
  /** Peak over the median density of the band: under about 10 it is no mode. */
  readonly prominence: number;
}

/**
 * The strongest mode in a band: peak of the density, placed between bins by a parabola through its logarithm (exact for a Gaussian
 * peak), damping ζ = (f2 − f1) / (2 f0) between the half-power points. The window widens a peak by about 1.5 bins, which is taken off
 * in quadrature; damping of which the width is under a bin is not known well.
 * @returns null where the band holds no bin
 */
export function strongestMode({ binHz, density }: Spectrum, fromHz: number, toHz: number): Mode | null {
  const first = Math.max(1, Math.ceil(fromHz / binHz));
  const last = Math.min(density.length - 2, Math.floor(toHz / binHz));
  if (last < first) return null;
  let at = first;
  for (let i = first; i <= last; i++) if (density[i]! > density[at]!) at = i;
  const sorted = density.slice(first, last + 1).sort();
  const typical = sorted[sorted.length >> 1]!;
  const [before, peak, after] = [density[at - 1]!, density[at]!, density[at + 1]!].map((d) =>
    Math.log(Math.max(d, 1e-300)),
  );
  const bend = before! - 2 * peak! + after!;
  const shift = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before! - after!)) / bend)) : 0;
  const height = Math.exp(peak! - 0.25 * (before! - after!) * shift);
  const low = halfPower(density, at, -1, height / 2);
  const high = halfPower(density, at, 1, height / 2);
  const widthBins = Math.sqrt(Math.max(0, (high - low) ** 2 - HANN_WIDTH ** 2));
  return {
    frequencyHz: (at + shift) * binHz,
    damping: (widthBins * binHz) / (2 * (at + shift) * binHz),
    prominence: typical > 0 ? density[at]! / typical : Infinity,
  };
}

/** Half-power width of the Hann window's own peak, bins. */
const HANN_WIDTH = 1.44;

function halfPower(density: Float64Array, from: number, step: -1 | 1, half: number): number {
  for (let i = from; i + step >= 0 && i + step < density.length; i += step) {
    const [inner, outer] = [density[i]!, density[i + step]!];
    if (outer <= half && inner > half) return i + (step * (inner - half)) / (inner - outer);
  }
  return NaN;
}

/**
 * Damping of a free decay by its logarithmic decrement: δ = ln(A0 / An) / n over successive peaks, ζ = δ / sqrt(4π² + δ²).
 * @param peaks amplitudes of successive positive peaks, at least two
 */
export function decayDamping(peaks: readonly number[]): number {
  const n = peaks.length - 1;
  if (n < 1 || !(peaks[0]! > 0) || !(peaks[n]! > 0)) return NaN;
  const decrement = Math.log(peaks[0]! / peaks[n]!) / n;
  return decrement / Math.sqrt(4 * Math.PI ** 2 + decrement ** 2);
}
