import type { NewDevice, Utility } from '@lifeline/contracts';
import { Random, type City } from '@lifeline/city';
import { LIFELINES } from './lifelines.js';

const GATEWAYS = 24;
/** Devices of each lifeline that have a client of their own. */
const STANDALONE = 2;

/**
 * What to register for the simulated city: gateways first (devices without sensors), then the devices, most of them behind a
 * gateway. At scale 1 about 2,000 sensors on about 650 devices behind 24 gateways; 20,000 sensors at scale 18.
 * @param scale the city's scale; more gateways than 24 above 1 (they grow with its root)
 */
export function planDevices(city: City, seed: string | number, scale: number = city.scale): NewDevice[] {
  const plans = LIFELINES.map((lifeline) => ({ lifeline, devices: lifeline.plan(city, String(seed)) }));
  const total = plans.reduce((sum, { devices }) => sum + devices.length, 0);
  const wanted = Math.max(LIFELINES.length, Math.round(GATEWAYS * Math.sqrt(Math.max(1, scale))));
  const gateways: NewDevice[] = [];
  const behind: NewDevice[] = [];
  for (const { lifeline, devices } of plans) {
    const random = new Random(`${String(seed)}/standalone/${lifeline.utility}`);
    const standalone = new Set<number>();
    while (standalone.size < Math.min(STANDALONE, devices.length)) standalone.add(random.index(devices.length));
    const count = Math.max(1, Math.round((wanted * devices.length) / total));
    const own = makeGateways(lifeline.utility, lifeline.name.en, count);
    gateways.push(...own);
    const areas = areasOf(city, devices, count);
    devices.forEach((device, i) => {
      behind.push(standalone.has(i) ? device : { ...device, gatewayId: own[areas[i]!]!.deviceId });
    });
  }
  return [...gateways, ...behind];
}

/** The devices that connect by themselves, and so need a credential: gateways, and devices behind none. */
export function connectingDevices(devices: readonly NewDevice[]): string[] {
  return devices.filter(({ gatewayId }) => !gatewayId).map(({ deviceId }) => deviceId);
}

function makeGateways(utility: Utility, name: string, count: number): NewDevice[] {
  return Array.from({ length: count }, (_, i) => {
    const number = String(i + 1).padStart(2, '0');
    return {
      deviceId: `gw-${utility}-${number}`,
      utility,
      name: `${name} gateway ${number}`,
      gatewayId: null,
      sensors: [],
    };
  });
}

/** Gives each device one of `count` areas of like size: sorted by longitude, neighbours share a gateway. */
function areasOf(city: City, devices: readonly NewDevice[], count: number): number[] {
  const lonOf = (device: NewDevice): number => device.sensors[0]?.lon ?? city.towns[0]!.plan.centre[0];
  const order = devices.map((device, i) => ({ i, lon: lonOf(device) })).sort((a, b) => a.lon - b.lon || a.i - b.i);
  const areas: number[] = new Array<number>(devices.length).fill(0);
  order.forEach(({ i }, rank) => {
    areas[i] = Math.min(count - 1, Math.floor((rank * count) / devices.length));
  });
  return areas;
}
