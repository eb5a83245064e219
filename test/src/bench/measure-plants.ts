import { dayKindOfChina } from '@lifeline/anomaly';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SHANGHAI_MS = 8 * HOUR_MS;

export interface Chance {
  uniform(): number;
  normal(): number;
}

/** Seeded (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) };
}

/** An ordinary sensor of a city. */
export interface Plant {
  /** Call with times a step apart. */
  at(atMs: number): number;
  /** Of what is left without the daily course. */
  readonly deviation: number;
  readonly amplitude: number;
}

/**
 * A course of the day of two waves, other on days off and on China's holidays (from midnight on, as a step); noise of 1, normal, of
 * Student's t with four degrees of freedom, or Laplace; a wander of hours and, unless steady, one of days and a slow year.
 */
export function plantOf(seed: number, stepMs: number, steady = false): Plant {
  const { uniform, normal } = chanceOf(seed * 7919 + 13);
  const amplitude = uniform() < 0.25 ? 0 : 5 + 30 * uniform();
  const [phase, phase2, second] = [6.28 * uniform(), 6.28 * uniform(), 0.4 * amplitude * uniform()];
  const [off, holiday] = [0.5 * amplitude * uniform(), 0.6 * amplitude * uniform()];
  const law = Math.floor(3 * uniform());
  const [fast, fastMs] = [0.5 + 1.5 * uniform(), (0.5 + 5 * uniform()) * HOUR_MS];
  const [days, daysMs] = [steady ? 0 : 0.5 + 2.5 * uniform(), (2 + 4 * uniform()) * DAY_MS];
  const year = steady || uniform() < 0.5 ? 0 : 10 * uniform();
  const swings = uniform() < 0.5 ? 0.5 * uniform() : 0;
  const [keepsFast, keepsDays] = [Math.exp(-stepMs / fastMs), Math.exp(-stepMs / daysMs)];
  let [hours, weather] = [fast * normal(), days * normal()];
  let kind = { day: NaN, kind: 0 };
  const kindAt = (atMs: number) => {
    const day = Math.floor((atMs + SHANGHAI_MS) / DAY_MS);
    if (day !== kind.day) kind = { day, kind: dayKindOfChina(atMs) };
    return kind.kind;
  };
  const noise = () => {
    const plain = normal();
    if (law === 1) {
      const square = (normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4;
      return plain / Math.sqrt(square) / Math.SQRT2;
    }
    return law === 2 ? (Math.sign(plain) * -Math.log(uniform())) / Math.SQRT2 : plain;
  };
  return {
    amplitude,
    deviation: Math.sqrt(1 + fast * fast + days * days),
    at(atMs) {
      hours = keepsFast * hours + Math.sqrt(1 - keepsFast ** 2) * fast * normal();
      weather = keepsDays * weather + Math.sqrt(1 - keepsDays ** 2) * days * normal();
      const time = (((atMs + SHANGHAI_MS) % DAY_MS) / DAY_MS) * 2 * Math.PI;
      const today = kindAt(atMs);
      const season = amplitude * Math.sin(time + phase) + second * Math.sin(2 * time + phase2);
      const loud = 1 + swings * Math.sin(time + phase);
      const less = today === 0 ? 0 : today === 1 ? off : off + holiday;
      const slow = weather + year * Math.sin((atMs / 365.25 / DAY_MS) * 2 * Math.PI);
      return 500 + season * (today === 0 ? 1 : 0.8) - less + hours * loud + slow + noise() * loud;
    },
  };
}
