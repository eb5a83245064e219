import type { Condition } from '@lifeline/alarms';
import { Random, type City } from '@lifeline/city';
import type { Asset, Evidence, NewDevice, Priority, Sensor } from '@lifeline/contracts';
import { sensorsOf } from '@lifeline/devices';
import { createSupplyGraph, type Feed, type SupplyGraph } from '@lifeline/incidents';

export const START_MS = Date.parse('2026-07-03T21:00:00+08:00');
export const NIGHT_MS = 600_000;
/** Of alarms without a cause: the spread of a good alarm system (EEMUA 191, domain defaults 8.2), the highest under 1 %. */
const SPREAD: readonly (readonly [Priority, number])[] = [
  ['red', 0.005],
  ['orange', 0.05],
  ['yellow', 0.15],
  ['blue', 1],
];
const LIMITS = ['high', 'low'] as const;
const SOFT = ['rate', 'band'] as const;
const LATE_SHARE = 0.1;
const REPEATED_SHARE = 0.1;
const CHATTER_SHARE = 0.25;

/** What a condition of the night comes from. */
export type Cause = 'substation' | 'flood-1' | 'flood-2' | 'leak' | 'gateway-1' | 'gateway-2' | 'wide' | 'stray';

/** A condition and when it comes to the desk: late ones after others that were measured later. */
export interface Arrival {
  readonly arrivesMs: number;
  readonly condition: Condition;
}

export interface Night {
  readonly sensors: readonly Sensor[];
  readonly graph: SupplyGraph;
  readonly gatewayOf: ReadonlyMap<string, string | null>;
  readonly arrivals: readonly Arrival[];
  /** By `sensorId rule`. */
  readonly causes: ReadonlyMap<string, Cause>;
  /** Under maintenance all night: what it says is suppressed. */
  readonly maintainedAssetId: string;
}

/** Begins a condition; its chatter, its repeats and its lateness are made of it. */
interface Start {
  readonly sensor: Sensor;
  readonly cause: Cause;
  readonly limit: Condition['limit'];
  readonly priority: Priority;
  readonly atS: number;
  readonly test?: string;
  /** Gets worse so long after. */
  readonly worse?: { readonly afterS: number; readonly limit: Condition['limit']; readonly priority: Priority };
}

/**
 * A storm over the simulated city: a substation lost, two floods, a gas leak, two gateways silent, wind and rain everywhere, and
 * strays, until there are so many raw alarms within ten minutes. Chatter, late and repeated conditions are among them.
 * @param raw alarms to be raised: pairs of sensor and rule; nobody acknowledges, so each is one alarm however it chatters
 */
export function stormNight(city: City, devices: readonly NewDevice[], seed: string, raw: number): Night {
  const sensors = sensorsOf(devices);
  const graph = createSupplyGraph(city.assets, pumpFeeds(city));
  const places = new Places(city, graph, sensors);
  const random = new Random(`${seed}/storm`);
  const causes = new Map<string, Cause>();
  const starts: Start[] = [];
  const add = (start: Start): void => {
    const key = `${start.sensor.sensorId} ${ruleOf(start)}`;
    if (causes.has(key) || causes.size === raw) return;
    causes.set(key, start.cause);
    starts.push(start);
  };
  const gatewayOf = new Map(devices.map(({ deviceId, gatewayId }) => [deviceId, gatewayId ?? null]));
  leak(places, random, add);
  floods(places, random, add);
  substation(places, random, add);
  gateways(sensors, gatewayOf, random, add);
  weather(places, random, add);
  for (let tries = 0; causes.size < raw; tries++) {
    if (tries > 50 * raw) throw new Error(`the city has too few sensors for ${raw} alarms: take a larger scale`);
    stray(sensors, random, add);
  }
  const bridge = city.assets.find(({ kind }) => kind === 'bridge')!;
  return {
    ...{ sensors, graph, gatewayOf, causes },
    arrivals: starts.flatMap((start) => arrivalsOf(start, random)).sort((a, b) => a.arrivesMs - b.arrivesMs),
    maintainedAssetId: bridge.assetId,
  };
}

/** The city's assets do not say what feeds a pump station: here the feeder that passes nearest. */
function pumpFeeds(city: City): Feed[] {
  const feeders = city.assets.filter(({ kind }) => kind === 'feeder');
  return city.assets
    .filter(({ kind }) => kind === 'pump-station')
    .map((pump) => {
      const nearest = feeders.reduce((best, feeder) => (awayM(pump, feeder) < awayM(pump, best) ? feeder : best));
      return { assetId: pump.assetId, feederId: nearest.assetId };
    });
}

/** Metres from a point to the nearest corner of a line, roughly. */
function awayM(a: Asset, b: Asset): number {
  const [lon, lat] = pointsOf(a)[0]!;
  return Math.min(...pointsOf(b).map(([x, y]) => Math.hypot((x - lon) * 94_000, (y - lat) * 110_900)));
}

function pointsOf({ geometry }: Asset): readonly (readonly [number, number])[] {
  return geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates;
}

class Places {
  readonly assets: readonly Asset[];
  private readonly byAsset = new Map<string, Sensor[]>();

  constructor(
    city: City,
    readonly graph: SupplyGraph,
    sensors: readonly Sensor[],
  ) {
    this.assets = city.assets;
    for (const sensor of sensors) {
      const there = this.byAsset.get(sensor.assetId ?? '');
      if (there) there.push(sensor);
      else this.byAsset.set(sensor.assetId ?? '', [sensor]);
    }
  }

  of(assetId: string, ...types: string[]): Sensor[] {
    const all = this.byAsset.get(assetId) ?? [];
    return types.length === 0 ? all : all.filter(({ type }) => type !== null && types.includes(type));
  }

  kind(kind: Asset['kind']): Asset[] {
    return this.assets.filter((asset) => asset.kind === kind);
  }
}

type Add = (start: Start) => void;

/** Methane in manholes one after the other, and the pressure of the regulators on the pipes there. */
function leak(places: Places, random: Random, add: Add): void {
  const manholes = places.kind('manhole').filter(({ assetId }) => places.of(assetId, 'CH4_MH').length > 0);
  const regulators = places.kind('regulator').filter(({ assetId }) => places.of(assetId, 'P_LOW').length > 0);
  const near = (manhole: Asset): Asset[] => manholes.filter((other) => awayM(manhole, other) < 220).slice(0, 5);
  const fed = (manhole: Asset): Asset[] => {
    const lines = places.graph.linesWithin(places.graph.lineOf(manhole.assetId)!, 2);
    return regulators.filter(({ assetId }) => lines.has(places.graph.lineOf(assetId) ?? '')).slice(0, 2);
  };
  const found = manholes.filter((one) => near(one).length >= 3 && fed(one).length > 0);
  if (found.length === 0)
    throw new Error('the city has no manhole with others and a regulator near: take another seed');
  const middle = random.pick(found);
  near(middle).forEach(({ assetId }, i) => {
    for (const sensor of places.of(assetId, 'CH4_MH')) {
      const worse = { afterS: 45, limit: 'high-high', priority: 'orange' } as const;
      add({ sensor, cause: 'leak', limit: 'high', priority: 'yellow', atS: 150 + 12 * i, worse });
    }
  });
  for (const { assetId } of fed(middle))
    for (const sensor of places.of(assetId, 'P_LOW'))
      add({ sensor, cause: 'leak', limit: 'low', priority: 'yellow', atS: 170 + random.between(0, 40) });
}

/** The two catchments with the most places to flood. */
function floods(places: Places, random: Random, add: Add): void {
  const nodes = places.kind('drain-node');
  const count = (stationId: string): number =>
    nodes.filter(({ assetId }) => places.graph.catchmentOf(assetId) === stationId).length;
  const stations = places.kind('pump-station').map(({ assetId }) => ({ assetId, nodes: count(assetId) }));
  stations.sort((a, b) => b.nodes - a.nodes);
  stations.slice(0, 2).forEach(({ assetId: stationId }, i) => {
    const cause = i === 0 ? 'flood-1' : 'flood-2';
    let ponds = 0;
    for (const sensor of places.of(stationId, 'RAIN1H'))
      add({ sensor, cause, limit: 'high', priority: 'yellow', atS: 5 + i });
    for (const sensor of places.of(stationId, 'LVL_SP', 'LVL_RV'))
      add({ sensor, cause, limit: 'high', priority: 'yellow', atS: random.between(60, 300) });
    for (const { assetId } of nodes.filter((node) => places.graph.catchmentOf(node.assetId) === stationId)) {
      for (const sensor of places.of(assetId, 'POND', 'LVL_MH')) {
        const isPond = sensor.type === 'POND';
        // One underpass in each flood comes to where people are in danger.
        const priority = isPond && ponds++ === 0 ? 'red' : 'orange';
        const worse = { afterS: 90, limit: isPond ? 'high-high' : 'low-low', priority } as const;
        add({ sensor, cause, limit: isPond ? 'high' : 'low', priority: 'yellow', atS: random.between(40, 400), worse });
        if (isPond) add({ sensor, cause, limit: 'rate', priority: 'yellow', atS: random.between(40, 300) });
      }
    }
  });
}

/** The substation that feeds most: its buses, its feeders, all that hangs on them, the pump stations there. */
function substation(places: Places, random: Random, add: Add): void {
  const under = new Map<string, Asset[]>();
  for (const asset of places.assets)
    for (const above of places.graph.above(asset.assetId))
      if (places.graph.asset(above)?.kind === 'substation') under.set(above, [...(under.get(above) ?? []), asset]);
  const [stationId, fed] = [...under].reduce((most, one) => (one[1].length > most[1].length ? one : most));
  const [cause, atS] = ['substation' as const, 60];
  for (const sensor of places.of(stationId, 'U_10'))
    add({ sensor, cause, limit: 'low-low', priority: 'orange', atS: atS + random.between(15, 60) });
  for (const sensor of places.of(stationId, 'LOAD'))
    add({ sensor, cause, limit: 'rate', priority: 'yellow', atS: atS + random.between(0, 10) });
  for (const { assetId, kind } of fed) {
    if (kind === 'pump-station') {
      for (const sensor of places.of(assetId, 'LVL_SP'))
        add({ sensor, cause, limit: 'high', priority: 'yellow', atS: atS + random.between(120, 400) });
      continue;
    }
    for (const sensor of places.of(assetId, 'LOAD')) {
      if (kind === 'feeder') {
        const test = 'feeder-outage';
        add({ sensor, cause, limit: 'finding', priority: 'orange', test, atS: atS + random.between(20, 60) });
      }
      add({ sensor, cause, limit: 'rate', priority: 'yellow', atS: atS + random.between(0, 10) });
    }
    for (const sensor of places.of(assetId, 'U_LV'))
      add({ sensor, cause, limit: 'low-low', priority: 'orange', atS: atS + random.between(5, 65) });
    for (const sensor of places.of(assetId, 'I_PH', 'UNB'))
      add({ sensor, cause, limit: 'band', priority: 'yellow', atS: atS + random.between(10, 120) });
    for (const sensor of places.of(assetId))
      add({ sensor, cause, limit: 'stale', priority: 'blue', atS: atS + random.between(90, 240) });
  }
}

/** A gateway of gas and one of bridges fall silent with all that is behind them. */
function gateways(
  sensors: readonly Sensor[],
  gatewayOf: ReadonlyMap<string, string | null>,
  random: Random,
  add: Add,
): void {
  (['gas', 'bridge'] as const).forEach((utility, i) => {
    const own = sensors.filter((sensor) => sensor.utility === utility && gatewayOf.get(sensor.deviceId));
    const gatewayId = gatewayOf.get(random.pick(own).deviceId)!;
    for (const sensor of own.filter(({ deviceId }) => gatewayOf.get(deviceId) === gatewayId)) {
      const atS = 240 + 60 * i + random.between(0, 90);
      add({ sensor, cause: i === 0 ? 'gateway-1' : 'gateway-2', limit: 'stale', priority: 'blue', atS });
    }
  });
}

/** Wind on all bridges, rain on all gauges, a dip of the voltage elsewhere. */
function weather(places: Places, random: Random, add: Add): void {
  for (const { assetId, kind } of places.assets) {
    const types = { bridge: ['WIND'], 'pump-station': ['RAIN1H'], transformer: ['U_LV'] }[kind as string];
    if (!types || (kind === 'transformer' && random.next() < 0.4)) continue;
    const limit = kind === 'transformer' ? 'low' : 'high';
    for (const sensor of places.of(assetId, ...types))
      add({ sensor, cause: 'wide', limit, priority: 'yellow', atS: random.between(0, 500) });
  }
}

function stray(sensors: readonly Sensor[], random: Random, add: Add): void {
  const sensor = random.pick(sensors);
  const chance = random.next();
  const [priority] = SPREAD.find(([, upTo]) => chance < upTo)!;
  // Silence is blue, and orange or red is a passed limit (the catalogue's priorities).
  const limit = random.pick(
    { red: [...LIMITS], orange: [...LIMITS], yellow: [...LIMITS, ...SOFT], blue: [...SOFT, 'stale' as const] }[
      priority
    ],
  );
  // Gas where there is none would be a second leak.
  if (sensor.type?.startsWith('CH4') && limit !== 'stale') return;
  add({ sensor, cause: 'stray', limit, priority, atS: random.between(0, 590) });
}

function arrivalsOf(start: Start, random: Random): Arrival[] {
  const conditions = [conditionOf(start, 'begin', start.atS)];
  let atS = start.atS;
  if (random.next() < CHATTER_SHARE) {
    for (let times = 1 + random.index(5); times > 0 && atS < 540; times--) {
      conditions.push(conditionOf(start, 'end', (atS += random.between(4, 20))));
      conditions.push(conditionOf(start, 'begin', (atS += random.between(4, 20))));
    }
  }
  const { worse } = start;
  if (worse) conditions.push(conditionOf({ ...start, ...worse }, 'worsen', atS + worse.afterS));
  else if (random.next() < 0.3) conditions.push(conditionOf(start, 'end', atS + random.between(30, 200)));
  return conditions.flatMap((condition) => {
    const lateMs = random.next() < LATE_SHARE ? random.between(10_000, 90_000) : random.between(200, 2000);
    const once = { arrivesMs: condition.atMs + lateMs, condition };
    if (random.next() >= REPEATED_SHARE) return [once];
    return [once, { arrivesMs: once.arrivesMs + random.between(100, 60_000), condition }];
  });
}

function conditionOf(start: Start, change: Condition['change'], atS: number): Condition {
  const { sensor, limit, priority, test } = start;
  return {
    sensorNo: sensor.sensorNo,
    rule: ruleOf(start),
    change,
    limit,
    limitValue: null,
    priority,
    atMs: START_MS + Math.round(Math.min(atS, 599) * 1000),
    value: null,
    reason: { en: `${sensor.name}: ${limit}`, zh: `${sensor.name}:${limit}` },
    evidence: test ? evidenceOf(test) : null,
  };
}

function ruleOf({ limit }: Pick<Start, 'limit'>): Condition['rule'] {
  if (limit === 'stale' || limit === 'rate') return limit;
  return limit === 'band' ? 'statistical' : limit === 'finding' ? 'physics' : 'limit';
}

function evidenceOf(test: string): Evidence {
  return { test, expected: null, residual: null, carriers: [], confidence: null, location: null, figures: [] };
}
