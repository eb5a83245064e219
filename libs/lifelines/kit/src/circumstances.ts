import { ORDINARY_DEMAND, type Demand } from './demand.js';
import type { Fault } from './fault-book.js';
import type { FaultKind } from './lifeline.js';
import { newestAnswer } from './newest-answer.js';
import { createWeather, type Weather } from './weather.js';

/** What befalls the whole city: days and weather out of the ordinary. Nothing is wrong with any asset. Their target is `CITY`. */
export const CITY = 'city';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A holiday or a cold snap comes and goes over some hours, never at once. */
const LONGEST_EDGE_MS = 4 * HOUR_MS;

const factor = (value: number) => ({ default: value, unit: '1' });

export const CITY_EVENTS: readonly FaultKind[] = [
  {
    kind: 'holiday',
    name: { en: 'Public holiday', zh: '节假日' },
    assetKinds: [],
    parameters: {
      work: factor(0.72),
      homes: factor(1.12),
      gas: factor(1.08),
      traffic: factor(0.75),
      water: factor(1.08),
    },
  },
  {
    kind: 'football-night',
    name: { en: 'Football night', zh: '球赛之夜' },
    assetKinds: [],
    parameters: {
      homes: factor(1.12),
      gas: factor(0.9),
      traffic: factor(0.75),
      /** At half-time, for a quarter of an hour in the middle. */
      halfTimeWater: factor(1.3),
    },
  },
  {
    kind: 'works-at-night',
    name: { en: 'Road works at night', zh: '夜间道路施工' },
    assetKinds: [],
    parameters: { traffic: factor(0.5) },
  },
  {
    kind: 'traffic-peak',
    name: { en: 'Traffic peak', zh: '交通高峰' },
    assetKinds: [],
    parameters: { traffic: factor(1.3) },
  },
  {
    kind: 'cold-snap',
    name: { en: 'Cold snap', zh: '寒潮' },
    assetKinds: [],
    parameters: { fallK: { default: 8, unit: 'K' }, gas: factor(1.12) },
  },
  {
    kind: 'heat-wave',
    name: { en: 'Heat wave', zh: '热浪' },
    assetKinds: [],
    parameters: { riseK: { default: 4, unit: 'K' } },
  },
  {
    kind: 'rain',
    name: { en: 'Rain', zh: '降雨' },
    assetKinds: [],
    /** Over the duration as sin²: two hours of 15 mm/h peak are 15 mm, 12 mm of them within an hour. */
    parameters: { peakMmH: { default: 15, unit: 'mm/h' } },
  },
];

/** Weather and demand of a city, with what befalls it. */
export interface Circumstances {
  readonly weather: Weather;
  readonly demand: Demand;
  /** Takes one of `CITY_EVENTS`; it is told before it begins. */
  inject(event: Fault): void;
}

/** The ordinary weather of the seed and the ordinary demand, until something is injected. */
export function createCircumstances(seed: string): Circumstances {
  const events: Fault[] = [];
  const ordinary = createWeather(seed);
  return {
    weather: changedWeather(ordinary, events),
    demand: changedDemand(events),
    inject: (event) => void events.push(event),
  };
}

function changedWeather(ordinary: Weather, events: readonly Fault[]): Weather {
  const rainMmH = newestAnswer((tMs) => {
    let sum = ordinary.rainMmH(tMs);
    for (const event of events) if (event.kind === 'rain') sum += rained(event, tMs);
    return sum;
  });
  const warmerK = (tMs: number): number => {
    let sum = 0;
    for (const event of events) {
      if (event.kind === 'heat-wave') sum += felt(event, tMs) * (event.parameters['riseK'] ?? 4);
      else if (event.kind === 'cold-snap') sum -= felt(event, tMs) * (event.parameters['fallK'] ?? 8);
    }
    return sum;
  };
  return {
    rainMmH,
    airC: newestAnswer((tMs) => ordinary.airC(tMs) + warmerK(tMs)),
    sun: (tMs) =>
      ordinary.sun(tMs) * (events.some((event) => event.kind === 'rain' && rained(event, tMs) > 0.1) ? 0.2 : 1),
    rain1hMm: newestAnswer((tMs) => {
      let sum = ordinary.rain1hMm(tMs);
      for (const event of events) {
        if (event.kind !== 'rain' || tMs < event.startMs || tMs > event.endMs + HOUR_MS) continue;
        for (let i = 0; i < 12; i++) sum += rained(event, tMs - (i + 0.5) * 5 * MINUTE_MS) / 12;
      }
      return sum;
    }),
    windMs: (tMs) => ordinary.windMs(tMs),
  };
}

function rained({ startMs, endMs, parameters }: Fault, tMs: number): number {
  if (tMs <= startMs || tMs >= endMs) return 0;
  return (parameters['peakMmH'] ?? 15) * Math.sin((Math.PI * (tMs - startMs)) / (endMs - startMs)) ** 2;
}

/** Which parameter moves which demand. */
const FACTOR_OF: Readonly<Record<keyof Demand, string>> = {
  gas: 'gas',
  homePower: 'homes',
  workPower: 'work',
  traffic: 'traffic',
  wasteWater: 'water',
};

function changedDemand(events: readonly Fault[]): Demand {
  const changed = (name: keyof Demand): ((tMs: number) => number) =>
    newestAnswer((tMs) => {
      let value = ORDINARY_DEMAND[name](tMs);
      for (const event of events) {
        const share = felt(event, tMs);
        if (share === 0) continue;
        value *= 1 + share * ((event.parameters[FACTOR_OF[name]] ?? defaultOf(event.kind, FACTOR_OF[name])) - 1);
        if (name === 'wasteWater') value *= halfTime(event, tMs);
      }
      return value;
    });
  return {
    gas: changed('gas'),
    homePower: changed('homePower'),
    workPower: changed('workPower'),
    traffic: changed('traffic'),
    wasteWater: changed('wasteWater'),
  };
}

function defaultOf(kind: string, parameter: string): number {
  return CITY_EVENTS.find((event) => event.kind === kind)?.parameters[parameter]?.default ?? 1;
}

/** The whole town gets up at once. */
function halfTime(event: Fault, tMs: number): number {
  if (event.kind !== 'football-night') return 1;
  const away = Math.abs(tMs - (event.startMs + event.endMs) / 2) / (7.5 * MINUTE_MS);
  if (away >= 1) return 1;
  return 1 + ((event.parameters['halfTimeWater'] ?? 1.3) - 1) * (1 - away ** 2);
}

/** How strongly an event is felt, 0 to 1, with soft edges inside its time. */
function felt({ startMs, endMs }: Fault, tMs: number): number {
  if (tMs <= startMs || tMs >= endMs) return 0;
  const edgeMs = Math.min(LONGEST_EDGE_MS, (endMs - startMs) / 4);
  const share = Math.min(1, (tMs - startMs) / edgeMs, (endMs - tMs) / edgeMs);
  return share * share * (3 - 2 * share);
}
