import type { Asset, Sensor } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan } from '@lifeline/detection';
import { metresBetween, type Gravity } from '@lifeline/lifeline-kit';
import { PONDING_CM, pondingStage } from './physics/level-stage.js';
import { ForecastWatch, type Threshold } from './watches/forecast-watch.js';
import { ManholeWatch } from './watches/manhole-watch.js';
import { SumpWatch } from './watches/sump-watch.js';

/** So many other manholes of a station, the nearest, are asked whether they stand high too. */
const MOST_OTHERS = 6;

/** The watches of the drains: pumps, blocked and flowing-back manholes, water that will stand on roads, the river that will rise. */
export const watchDrainage: AssetWatchPlan = (assets, sensors) => {
  const byId = new Map(assets.map((asset) => [asset.assetId, asset]));
  const placed = sensors.flatMap((sensor) => {
    const asset = sensor.utility === 'drainage' ? byId.get(sensor.assetId ?? '') : undefined;
    return asset ? [{ sensor, asset }] : [];
  });
  const bySource = new Map<string, Placed[]>();
  for (const one of placed) {
    const source = sourceOf(one.asset);
    const list = bySource.get(source);
    if (list) list.push(one);
    else bySource.set(source, [one]);
  }
  return placed.flatMap(({ sensor, asset }): AssetWatch[] => {
    const group = bySource.get(sourceOf(asset)) ?? [];
    const ofType = (type: string): Sensor | undefined => group.find((one) => one.sensor.type === type)?.sensor;
    const rain = ofType('RAIN1H');
    switch (sensor.type) {
      case 'LVL_SP':
        return [new SumpWatch({ station: asset, level: sensor, rain })];
      case 'LVL_MH': {
        const line = asset.properties['lineId'];
        const pipe = typeof line === 'string' ? byId.get(line) : undefined;
        const others = nearestOthers(group, sensor);
        return [new ManholeWatch({ manhole: asset, sensor, others, rain, river: ofType('LVL_RV'), pipe })];
      }
      case 'POND':
        return [new ForecastWatch(ponding(asset, sensor, rain))];
      case 'LVL_RV':
        return sensor.limits.high == null ? [] : [new ForecastWatch(river(asset, sensor, rain))];
      default:
        return [];
    }
  });
};

interface Placed {
  readonly sensor: Sensor;
  readonly asset: Asset;
}

/** The station it drains to; an asset that does not say stands alone. */
function sourceOf(asset: Asset): string {
  const source = asset.properties['sourceId'];
  return typeof source === 'string' ? source : asset.assetId;
}

function nearestOthers(group: readonly Placed[], own: Sensor): Sensor[] {
  const away = ({ lon, lat }: Sensor): number => metresBetween([lon, lat], [own.lon, own.lat]);
  return group
    .map(({ sensor }) => sensor)
    .filter((sensor) => sensor.type === 'LVL_MH' && sensor !== own)
    .sort((a, b) => away(a) - away(b))
    .slice(0, MOST_OTHERS);
}

const PONDING: readonly Threshold[] = [
  { at: PONDING_CM.level3, gravity: 2, name: { en: '15 cm', zh: '15 cm' } },
  { at: PONDING_CM.level2, gravity: 3, name: { en: '27 cm, where the road closes', zh: '27 cm(封闭车道)' } },
  { at: PONDING_CM.level1, gravity: 4, name: { en: '40 cm, where people are in danger', zh: '40 cm(危及人员)' } },
];
const GRAVITY_OF_STAGE: readonly Gravity[] = [0, 4, 3, 2];

function ponding(
  asset: Asset,
  sensor: Sensor,
  rain: Sensor | undefined,
): ConstructorParameters<typeof ForecastWatch>[0] {
  return {
    ...{ asset, sensor, rain, thresholds: PONDING },
    test: 'ponding-forecast',
    what: { en: 'Water', zh: '积水' },
    horizonS: 1200,
    slotMs: Math.max(30_000, 1000 * sensor.intervalS),
    fromLevel: 2,
    // 1 cm in ten minutes.
    leastSlope: 1 / 600,
    decimals: 0,
    gravityNow: (level, slope) => GRAVITY_OF_STAGE[pondingStage(level, slope * 600)]!,
  };
}

/** The river's stages lie half a metre under the warning level, at it, and at the guarantee level (domain 4.1 [P]). */
function river(asset: Asset, sensor: Sensor, rain: Sensor | undefined): ConstructorParameters<typeof ForecastWatch>[0] {
  const warningM = sensor.limits.high!;
  const guaranteeM = sensor.limits.highHigh ?? warningM + 1;
  const thresholds: readonly Threshold[] = [
    { at: warningM, gravity: 2, name: { en: 'the warning level', zh: '警戒水位' } },
    { at: guaranteeM, gravity: 3, name: { en: 'the guarantee level', zh: '保证水位' } },
  ];
  return {
    ...{ asset, sensor, rain, thresholds },
    test: 'river-forecast',
    what: { en: 'The river', zh: '河道水位' },
    horizonS: 3 * 3600,
    slotMs: Math.max(300_000, 1000 * sensor.intervalS),
    fromLevel: warningM - 1.5,
    // A decimetre in an hour.
    leastSlope: 0.1 / 3600,
    decimals: 1,
    gravityNow: (level) => (level >= guaranteeM ? 3 : level >= warningM ? 2 : level >= warningM - 0.5 ? 1 : 0),
  };
}
