import { evenAt } from '@lifeline/city';
import { newestAnswer } from './newest-answer.js';
import { drift, noiseKey } from './noise.js';

/** Chuzhou's months, 1971–2000: mean daily highest and lowest temperature (°C), days with rain (Weather China, as printed by Wikipedia). */
const HIGH_C = [6.6, 8.5, 13.1, 20.2, 25.6, 28.7, 31.5, 31.5, 27.1, 21.8, 15.6, 9.6];
const LOW_C = [-1.2, 0.6, 4.6, 10.7, 16.1, 20.7, 24.3, 23.9, 19.1, 13.1, 6.4, 0.8];
const RAIN_DAYS = [7.2, 8.3, 11.6, 9.7, 10.1, 11.8, 13.0, 10.9, 8.9, 8.3, 7.0, 5.2];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** China keeps UTC+8 all year. */
const ZONE_MS = 8 * HOUR_MS;
const RAIN_SLOT_MS = 6 * HOUR_MS;
/** Ordinary rain stays well under the high limit of 20 mm in an hour: cloudbursts come from scenarios alone. */
const HARDEST_RAIN_MMH = 11;

/** Weather of the simulated city as functions of time: same seed, same weather. */
export interface Weather {
  /** Air in the shade, °C. */
  airC(tMs: number): number;
  /** Sun from 0 (night, rain) to 1. */
  sun(tMs: number): number;
  /** Rain now, mm/h. */
  rainMmH(tMs: number): number;
  /** Rain in the last hour, mm. */
  rain1hMm(tMs: number): number;
  /** Wind, 10-minute mean, m/s. */
  windMs(tMs: number): number;
}

/** Local hour of the day, 0 to 24, with its fraction. */
export function localHour(tMs: number): number {
  return ((((tMs + ZONE_MS) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
}

/** Month and day, local: `02-15`. */
export function localDay(tMs: number): string {
  return new Date(tMs + ZONE_MS).toISOString().slice(5, 10);
}

/** Day of the week, 0 Sunday to 6 Saturday, local. */
export function localWeekday(tMs: number): number {
  return (Math.floor((tMs + ZONE_MS) / DAY_MS) + 4) % 7;
}

/** Month of the year with its fraction, 0 to 12; 0.5 is the middle of January. */
export function localMonth(tMs: number): number {
  const date = new Date(tMs + ZONE_MS);
  return date.getUTCMonth() + (date.getUTCDate() - 1) / 30.5;
}

function monthly(values: readonly number[], month: number): number {
  const at = month - 0.5;
  const from = Math.floor(at);
  const a = values[((from % 12) + 12) % 12]!;
  const b = values[(((from + 1) % 12) + 12) % 12]!;
  return a + (b - a) * (at - from);
}

export function createWeather(seed: string): Weather {
  const spell = noiseKey(seed, 'spell');
  const rainKey = noiseKey(seed, 'rain');
  const wind = noiseKey(seed, 'wind');

  const rainMmH = newestAnswer((tMs) => {
    const slot = Math.floor(tMs / RAIN_SLOT_MS);
    let sum = 0;
    for (const at of [slot - 1, slot]) {
      // A rain day has, at a guess, a third of its slots wet.
      if (evenAt(rainKey, at * 3) > (monthly(RAIN_DAYS, localMonth(tMs)) / 30.5) * 0.33) continue;
      const startMs = at * RAIN_SLOT_MS + evenAt(rainKey, at * 3 + 1) * 2 * HOUR_MS;
      const lengthMs = (2 + evenAt(rainKey, at * 3 + 2) * 5) * HOUR_MS;
      const share = (tMs - startMs) / lengthMs;
      if (share <= 0 || share >= 1) continue;
      const peak = 1 + (HARDEST_RAIN_MMH / 2 - 1) * evenAt(rainKey, at * 3 + 3);
      sum += peak * Math.sin(Math.PI * share) ** 2;
    }
    return sum;
  });

  const sun = newestAnswer((tMs) => {
    const height = Math.sin(((localHour(tMs) - 6) / 12) * Math.PI);
    if (height <= 0) return 0;
    const cloud = 0.5 + 0.5 * drift(spell, tMs, 11 * HOUR_MS);
    return height * (1 - 0.75 * cloud) * (rainMmH(tMs) > 0.1 ? 0.2 : 1);
  });

  return {
    airC: newestAnswer((tMs) => {
      const month = localMonth(tMs);
      const high = monthly(HIGH_C, month);
      const low = monthly(LOW_C, month);
      const day = Math.sin(((localHour(tMs) - 8.5) / 24) * 2 * Math.PI);
      return (high + low) / 2 + ((high - low) / 2) * day + 2.5 * drift(spell, tMs, 30 * HOUR_MS);
    }),
    sun,
    rainMmH,
    rain1hMm: newestAnswer((tMs) => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += rainMmH(tMs - (i + 0.5) * (HOUR_MS / 6));
      return sum / 6;
    }),
    windMs: newestAnswer((tMs) => {
      return Math.max(0.2, 3.2 + 2.4 * drift(wind, tMs, 3 * HOUR_MS) + 0.8 * drift(wind + 1, tMs, 12 * 60_000));
    }),
  };
}
