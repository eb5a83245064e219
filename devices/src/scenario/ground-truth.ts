import type { Asset, NewDevice, Utility } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { CITY, CITY_EVENTS, SENSOR_FAULTS, type Fault } from '@lifeline/lifeline-kit';
import { DeviceError } from '../device-error.js';
import type { Scenario, ScenarioEvent } from './schema.js';
import { zoneOf } from './zone.js';

/** A scenario's event on this city: what is wrong where and when, and which sensors must raise an alarm by when. */
export interface GroundTruth {
  readonly event: ScenarioEvent;
  /** Undefined where it befalls the whole city. */
  readonly utility: Utility | undefined;
  /** Asset it strikes, or that the sensor stands on; `CITY` for the whole city. */
  readonly assetId: string;
  readonly fault: Fault;
  /** Sensors that may tell of it: alarms of others are not its own. */
  readonly zone: ReadonlySet<string>;
  readonly expects: readonly {
    /** At least one of these. */
    readonly sensorIds: readonly string[];
    /** Undefined: any. */
    readonly limit: ScenarioEvent['expects'][number]['limit'];
    readonly byMs: number;
  }[];
}

/**
 * Places one round of a scenario on the city.
 * @param startMs when this round starts
 * @param round 0 for the first; each round strikes the next targets
 * @throws DeviceError `unknown-target` where nothing in the city fits
 */
export function placeScenario(
  scenario: Scenario,
  city: City,
  devices: readonly NewDevice[],
  startMs: number,
  round = 0,
): GroundTruth[] {
  return scenario.events.map((event, i) => {
    const { utility, target, assetId } = findTarget(event, city, devices, round, `${scenario.name}, event ${i + 1}`);
    const faultMs = startMs + event.atS * 1000;
    const zone = zoneOf({
      city,
      devices,
      utility,
      assetId,
      target,
      kind: event.fault,
      reachM: event.reachM,
      atSource: event.atSource,
    });
    return {
      event,
      utility,
      assetId,
      zone,
      fault: {
        kind: event.fault,
        target,
        startMs: faultMs,
        endMs: faultMs + event.durationS * 1000,
        parameters:
          event.position === undefined ? event.parameters : { ...event.parameters, alongShare: event.position },
      },
      expects: event.expects.map(({ sensorType, limit, withinS }) => ({
        sensorIds: sensorType === undefined ? [...zone] : sensorsOn(devices, assetId, sensorType),
        limit,
        byMs: faultMs + withinS * 1000,
      })),
    };
  });
}

interface Found {
  readonly utility: Utility | undefined;
  readonly target: string;
  readonly assetId: string;
}

function findTarget(
  event: ScenarioEvent,
  city: City,
  devices: readonly NewDevice[],
  round: number,
  where: string,
): Found {
  const { target } = event;
  const ofCity = CITY_EVENTS.some(({ kind }) => kind === event.fault);
  if (ofCity !== (target === CITY)) {
    throw new DeviceError(
      'unknown-target',
      `${where}: ${event.fault} ${ofCity ? 'strikes the' : 'does not strike the whole'} city`,
    );
  }
  if (target === CITY) return { utility: undefined, target: CITY, assetId: CITY };
  if ('assetId' in target) {
    const asset = city.assets.find(({ assetId }) => assetId === target.assetId);
    if (!asset) throw new DeviceError('unknown-target', `${where}: the city has no asset ${target.assetId}`);
    return { utility: asset.utility, target: asset.assetId, assetId: asset.assetId };
  }
  if ('sensorId' in target) {
    const found = allSensors(devices).find(({ sensorId }) => sensorId === target.sensorId);
    if (!found)
      throw new DeviceError('unknown-target', `${where}: no device of the city has the sensor ${target.sensorId}`);
    return { utility: found.utility, target: found.sensorId, assetId: found.assetId };
  }
  const ofSensor = SENSOR_FAULTS.some(({ kind }) => kind === event.fault);
  const assets = city.assets.filter(
    (asset) =>
      asset.utility === target.utility &&
      (target.assetKind === undefined || asset.kind === target.assetKind) &&
      (target.role === undefined || asset.properties['role'] === target.role) &&
      (target.town === undefined || city.sites.get(asset.assetId)?.townId === target.town),
  );
  const among: Found[] = ofSensor
    ? sensorsOfType(devices, new Set(assets.map(({ assetId }) => assetId)), target.sensorType)
    : withSensor(assets, city, devices, target.sensorType).map(({ assetId, utility }) => ({
        utility,
        target: assetId,
        assetId,
      }));
  const found = among[(target.index + round) % among.length];
  if (!found) throw new DeviceError('unknown-target', `${where}: nothing in the city fits ${JSON.stringify(target)}`);
  return found;
}

function allSensors(
  devices: readonly NewDevice[],
): { sensorId: string; assetId: string; utility: Utility; type: string }[] {
  return devices.flatMap(({ deviceId, utility, sensors }) =>
    sensors.map(({ channel, assetId, type }) => ({
      sensorId: `${deviceId}/${channel}`,
      assetId: assetId ?? '',
      utility,
      type: type ?? '',
    })),
  );
}

function sensorsOfType(
  devices: readonly NewDevice[],
  assetIds: ReadonlySet<string>,
  type: string | undefined,
): Found[] {
  return allSensors(devices)
    .filter((sensor) => assetIds.has(sensor.assetId) && (type === undefined || sensor.type === type))
    .map(({ sensorId, assetId, utility }) => ({ utility, target: sensorId, assetId }));
}

/** Assets on which, or along which, a sensor of the type stands. */
function withSensor(
  assets: readonly Asset[],
  city: City,
  devices: readonly NewDevice[],
  type: string | undefined,
): readonly Asset[] {
  if (type === undefined) return assets;
  const having = new Set<string | undefined>();
  for (const sensor of allSensors(devices)) {
    if (sensor.type !== type) continue;
    having.add(sensor.assetId);
    having.add(city.sites.get(sensor.assetId)?.lineId);
  }
  return assets.filter(({ assetId }) => having.has(assetId));
}

function sensorsOn(devices: readonly NewDevice[], assetId: string, type: string): string[] {
  return allSensors(devices)
    .filter((sensor) => sensor.assetId === assetId && sensor.type === type)
    .map(({ sensorId }) => sensorId);
}
