import { baseLayers, buildProvince, provinceAssets, provinceDevices } from '@lifeline/city';
import type { Device, NewDevice } from '@lifeline/contracts';
import type { GatewayOptions } from '@lifeline/gateway';
import { RegistryCopy } from '@lifeline/records';
import { RunningGateway } from '../../gateway/running-gateway.js';

const SEED = 341_100;

export interface ProvinceGateway {
  readonly gateway: RunningGateway;
  /** Whether the networks are in the tiles that are served from now on. */
  showNetworks(are: boolean): void;
}

/**
 * A gateway over a province of so many sensors with 144,000 km of pipe drawn by tile. Its registry is filled in memory: to write
 * 65,000 devices into the records takes minutes, and is not what is measured.
 */
export async function startProvince(sensors: number, options: Partial<GatewayOptions>): Promise<ProvinceGateway> {
  const province = buildProvince(SEED);
  const places = province.places(sensors);
  const layers = baseLayers(SEED);
  let isShown = true;
  const gateway = await RunningGateway.start(
    {
      city: {
        name: { en: 'Anhui', zh: '安徽' },
        timeZone: 'Asia/Shanghai',
        centre: province.centre,
        zoom: province.zoom,
      },
      layers: Object.fromEntries(Object.entries(layers).map(([name, layer]) => [name, () => layer])),
      networks: { networkIn: (...asked) => (isShown ? province.networkIn(...asked) : []) },
      ...options,
    },
    async ({ clock }) => {
      const devices = registered(provinceDevices(places), clock.nowMs());
      const assets = provinceAssets(places);
      const registry = new RegistryCopy({
        snapshot: () => Promise.resolve({ devices, assets }),
        devicesById: () => Promise.resolve([]),
        onChange: () => Promise.resolve(() => Promise.resolve()),
      });
      await registry.start();
      return { registry };
    },
  );
  return { gateway, showNetworks: (are) => void (isShown = are) };
}

function registered(devices: readonly NewDevice[], nowMs: number): { device: Device; credentialHash: null }[] {
  let sensorNo = 0;
  return devices.map(({ deviceId, utility, name, gatewayId, sensors }) => {
    const device: Device = {
      ...{ deviceId, utility, name, gatewayId: gatewayId ?? null, hasCredential: false, createdAtMs: nowMs },
      sensors: sensors.map(({ channel, unit, name, lon, lat, assetId, type, intervalS }) => ({
        ...{
          sensorId: `${deviceId}/${channel}`,
          sensorNo: ++sensorNo,
          deviceId,
          channel,
          utility,
          name,
          unit,
          lon,
          lat,
        },
        ...{ assetId: assetId ?? null, type: type ?? null, intervalS: intervalS ?? 60, range: null, limits: {} },
      })),
    };
    return { device, credentialHash: null };
  });
}
