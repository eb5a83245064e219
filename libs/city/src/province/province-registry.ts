import { channelType } from '@lifeline/catalogue';
import type { Asset, AssetKind, NewDevice, Utility } from '@lifeline/contracts';
import type { ProvincePlace } from './province.js';

/** What a place's sensors measure, by turns, and what stands there. */
const KINDS: Readonly<
  Record<
    Utility,
    { readonly kind: AssetKind; readonly en: string; readonly zh: string; readonly types: readonly string[] }
  >
> = {
  gas: { kind: 'manhole', en: 'gas manhole', zh: '燃气井', types: ['CH4_MH', 'P_MID', 'Q_GAS'] },
  power: { kind: 'transformer', en: 'transformer', zh: '变压器', types: ['LOAD', 'T_OIL', 'U_LV'] },
  bridge: { kind: 'bridge', en: 'bridge', zh: '桥', types: ['STRN', 'TILT', 'CRCK', 'DEFL'] },
  drainage: { kind: 'drain-node', en: 'drain manhole', zh: '雨水井', types: ['LVL_MH', 'H2S', 'O2'] },
};

/** Seconds between readings: 163,000 sensors then bring some 2,700 a second. */
const INTERVAL_S = 60;

/** What to register for a province: a device a place. */
export function provinceDevices(places: Iterable<ProvincePlace>): NewDevice[] {
  return Array.from(places, ({ deviceId, assetId, utility, lon, lat, channels, town }) => {
    const { types } = KINDS[utility];
    const { en } = nameOf({ utility, town, deviceId });
    return {
      deviceId,
      utility,
      name: en,
      gatewayId: null,
      sensors: Array.from({ length: channels }, (_, i) => {
        const type = types[i % types.length]!;
        const known = channelType(type);
        const channel = `${type.toLowerCase().replace('_', '-')}-${i + 1}`;
        return {
          channel,
          unit: known?.unit ?? '1',
          name: `${en} ${known?.name.en.toLowerCase() ?? type} ${i + 1}`,
          ...{ lon, lat, assetId, type, intervalS: INTERVAL_S },
        };
      }),
    };
  });
}

/** The assets at a province's places. */
export function provinceAssets(places: Iterable<ProvincePlace>): Asset[] {
  return Array.from(places, ({ deviceId, assetId, utility, lon, lat, town }) => {
    const { en, zh } = nameOf({ utility, town, deviceId });
    return {
      ...{ assetId, utility, kind: KINDS[utility].kind, name: en, nameZh: zh, district: town.name },
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { madeUp: true },
    };
  });
}

/** "Hefei gas manhole 00012" */
function nameOf({ utility, town, deviceId }: Pick<ProvincePlace, 'utility' | 'town' | 'deviceId'>): {
  readonly en: string;
  readonly zh: string;
} {
  const number = deviceId.slice(deviceId.lastIndexOf('-') + 1);
  const { en, zh } = KINDS[utility];
  return { en: `${town.name} ${en} ${number}`, zh: `${town.nameZh}${zh}${number}` };
}
