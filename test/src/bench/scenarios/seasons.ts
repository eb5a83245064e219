import type { NewDevice } from '@lifeline/contracts';
import { buildCity, type City } from '@lifeline/city';
import {
  arrangeSeason,
  judge,
  planDevices,
  runTrial,
  type Judgement,
  type Occurrence,
  type Scenario,
} from '@lifeline/devices';
import { enginesFor } from './engines.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One city through one stretch of time: quiet first, so that engines learn, then scenario after scenario. */
export interface Season {
  readonly name: string;
  readonly pace: Scenario['pace'];
  readonly season: Scenario['season'];
  readonly start: string;
  /** Nothing is wrong for so long. */
  readonly quietMs: number;
  /** Of the quiet time, so much is for learning: alarms in it are not counted. */
  readonly learnMs: number;
  /** Multiplies the intervals of the devices, 2 to 30 s, to those that real ones have, and beyond. */
  readonly intervalScale: number;
  readonly rounds: number;
  readonly settleMs: number;
  /** Scale of the city, and the towns of it that are played. */
  readonly scale: number;
  readonly towns: readonly string[];
}

/** Bridges that are played: each is as costly as ten regulators. The fourth has stays. */
const BRIDGES = 6;

export const SEASONS: readonly Season[] = [
  {
    name: 'summer, a month and more, readings every minute to a quarter of an hour',
    pace: 'minutes',
    season: 'summer',
    start: '2026-06-20T00:00:00+08:00',
    quietMs: 37 * DAY_MS,
    learnMs: 7 * DAY_MS,
    intervalScale: 30,
    rounds: 2,
    settleMs: 6 * HOUR_MS,
    scale: 0.2,
    towns: ['chuzhou'],
  },
  {
    name: 'winter, readings every minute to a quarter of an hour',
    pace: 'minutes',
    season: 'winter',
    start: '2026-02-05T00:00:00+08:00',
    quietMs: 8 * DAY_MS,
    learnMs: 7 * DAY_MS,
    intervalScale: 30,
    rounds: 1,
    settleMs: 6 * HOUR_MS,
    scale: 0.2,
    towns: ['chuzhou'],
  },
  {
    name: 'a summer day at live intervals',
    pace: 'seconds',
    season: 'summer',
    start: '2026-07-07T00:00:00+08:00',
    quietMs: 3 * HOUR_MS,
    learnMs: 2 * HOUR_MS,
    intervalScale: 1,
    rounds: 2,
    settleMs: 20 * 60_000,
    scale: 0.6,
    towns: ['chuzhou', 'tianchang'],
  },
];

/** City, devices and weather of the figures in the docs; another seed is another city. */
export const SEED = 341_100;

export interface TrialCity {
  readonly city: City;
  readonly devices: readonly NewDevice[];
}

/** The devices of some towns of a city, whose networks are each town's own, and of the first bridges. */
export function trialCity({ scale, towns }: Pick<Season, 'scale' | 'towns'>, seed = SEED): TrialCity {
  const city = buildCity(seed, scale);
  const played = new Set(
    city.assets
      .filter(({ assetId }) => towns.includes(city.sites.get(assetId)?.townId ?? ''))
      .filter(({ assetId, kind }) => kind !== 'bridge' || Number(assetId.slice(-2)) <= BRIDGES)
      .map(({ assetId }) => assetId),
  );
  const devices = planDevices(city, seed).filter(({ sensors }) =>
    sensors.every((one) => played.has(one.assetId ?? '')),
  );
  return { city, devices };
}

export interface SeasonResult {
  readonly season: Season;
  readonly occurrences: readonly Occurrence[];
  readonly judgements: ReadonlyMap<string, Judgement>;
  readonly microsecondsPerReading: ReadonlyMap<string, number>;
  readonly readings: number;
  /** Sensor-years counted: from the end of learning on. */
  readonly sensorYears: number;
  readonly quietSensorYears: number;
  /** End of the quiet time. */
  readonly quietUntilMs: number;
}

export function runSeason(season: Season, scenarios: readonly Scenario[], seed = SEED): SeasonResult {
  const { city, devices } = trialCity(season, seed);
  const startMs = Date.parse(season.start);
  const quietUntilMs = startMs + season.quietMs;
  const occurrences = arrangeSeason(
    scenarios.filter((one) => one.pace === season.pace && one.season === season.season),
    { city, devices, fromMs: quietUntilMs, rounds: season.rounds, settleMs: season.settleMs },
  );
  const endMs = Math.max(quietUntilMs, ...occurrences.map(({ settledMs }) => settledMs));
  const result = runTrial(
    {
      city,
      devices,
      seed,
      startMs,
      endMs,
      intervalScale: season.intervalScale,
      truths: occurrences.flatMap(({ truths }) => truths),
    },
    enginesFor(city, devices, season.intervalScale),
  );
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
  const learnedMs = startMs + season.learnMs;
  const judgements = new Map(
    [...result.alarms].map(([name, alarms]) => [
      name,
      judge(
        alarms.filter(({ toldMs }) => toldMs >= learnedMs),
        occurrences,
        assets,
      ),
    ]),
  );
  const sensors = devices.reduce((sum, device) => sum + device.sensors.length, 0);
  const years = (ms: number): number => (sensors * ms) / (365.25 * DAY_MS);
  return {
    season,
    occurrences,
    judgements,
    microsecondsPerReading: result.microsecondsPerReading,
    readings: result.readings,
    sensorYears: years(endMs - learnedMs),
    quietSensorYears: years(season.quietMs - season.learnMs),
    quietUntilMs,
  };
}
