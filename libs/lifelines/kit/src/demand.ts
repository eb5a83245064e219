import { newestAnswer } from './newest-answer.js';
import { localHour, localMonth, localWeekday } from './weather.js';

/** Curves of use over the day: a base and soft humps. Shapes are made up after what such cities are known to do. */

/** What the city draws, as functions of time; which people make it, and which days change it, is not the lifelines' matter. */
export interface Demand {
  /** Gas, 0.1 to 1. */
  gas(tMs: number): number;
  /** Households' power, 0.25 to about 1. */
  homePower(tMs: number): number;
  /** Power of offices, shops and works, 0.25 to about 1. */
  workPower(tMs: number): number;
  /** Vehicles on the road, 0.08 to 1. */
  traffic(tMs: number): number;
  /** Waste water of households, 0.4 to about 1. */
  wasteWater(tMs: number): number;
}

function hump(hour: number, at: number, width: number): number {
  const away = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at));
  return Math.exp(-((away / width) ** 2));
}

/** Gas: cooking in the morning, at noon and in the evening, heating in winter. 0.1 to 1. */
export const gasDemand = newestAnswer((tMs) => {
  const hour = localHour(tMs);
  const cooking = 0.34 * hump(hour, 7, 1.3) + 0.45 * hump(hour, 11.6, 1.2) + 0.58 * hump(hour, 18.2, 1.6);
  const winter = Math.max(0, Math.cos((localMonth(tMs) / 12) * 2 * Math.PI));
  return Math.min(1, 0.12 + 0.72 * cooking + 0.22 * winter * (0.6 + 0.4 * hump(hour, 20, 5)));
});

/** Households: a small morning and a great evening peak. 0.25 to about 1. */
export const homePower = newestAnswer((tMs) => {
  const hour = localHour(tMs);
  return 0.3 + 0.18 * hump(hour, 7.5, 1.6) + 0.2 * hump(hour, 12.5, 2) + 0.55 * hump(hour, 20, 2.8);
});

/** Offices, shops and works: the working day. 0.25 to about 1. */
export const workPower = newestAnswer((tMs) => {
  const hour = localHour(tMs);
  const weekday = localWeekday(tMs);
  const share = weekday === 0 || weekday === 6 ? 0.55 : 1;
  return 0.28 + share * (0.55 * hump(hour, 10.3, 2.6) + 0.52 * hump(hour, 15.5, 2.8));
});

/** Air conditioning and heaters: what an uncomfortable temperature adds, 0 to 0.35. */
export function comfortPower(airC: number): number {
  return Math.min(0.35, Math.max(0, airC - 26) * 0.035 + Math.max(0, 8 - airC) * 0.018);
}

/** Vehicles on the road: two rush hours. 0.08 to 1. */
export const traffic = newestAnswer((tMs) => {
  const hour = localHour(tMs);
  return Math.min(1, 0.08 + 0.72 * hump(hour, 8, 1.6) + 0.75 * hump(hour, 17.8, 1.9) + 0.45 * hump(hour, 13, 4));
});

/** Waste water of households: 0.4 to about 1. */
export const wasteWater = newestAnswer((tMs) => {
  const hour = localHour(tMs);
  return 0.4 + 0.35 * hump(hour, 8, 2) + 0.2 * hump(hour, 13, 2.5) + 0.5 * hump(hour, 20.5, 2.8);
});

/** The days of an ordinary year. */
export const ORDINARY_DEMAND: Demand = { gas: gasDemand, homePower, workPower, traffic, wasteWater };
