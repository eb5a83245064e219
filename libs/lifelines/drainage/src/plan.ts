import type { NewDevice } from '@lifeline/contracts';
import { hashText, type City } from '@lifeline/city';
import { assetsOf, planDevice } from '@lifeline/lifeline-kit';
import { SUMP } from './sump.js';

/** River level on an ordinary day, and the station's warning and guarantee levels, m above datum; made up. */
export const RIVER = { ordinaryM: 10, warningM: 13, guaranteeM: 14.2 } as const;

/** Pump stations with rain and river gauges, levels (and at some hydrogen sulfide) in manholes, ponding at low points. */
export function planDrainage(city: City, _seed: string): NewDevice[] {
  return assetsOf(city, 'drainage').flatMap((asset) => {
    if (asset.kind === 'pump-station') {
      return [
        planDevice(city, asset, asset.assetId, 'station computer', [
          {
            channel: 'sump',
            type: 'LVL_SP',
            what: 'sump level',
            intervalS: 5,
            limits: { lowLow: SUMP.dryStopM, low: SUMP.lowM, high: SUMP.highM, highHigh: SUMP.allOnM },
          },
          {
            channel: 'river',
            type: 'LVL_RV',
            what: 'river level',
            intervalS: 10,
            range: { low: 5, high: 20 },
            limits: { high: RIVER.warningM, highHigh: RIVER.guaranteeM },
            aside: [20, -14],
          },
          { channel: 'rain', type: 'RAIN1H', what: 'rain in the last hour', intervalS: 10, aside: [-10, 10] },
        ]),
      ];
    }
    if (asset.kind !== 'drain-node') return [];
    if (asset.properties['role'] === 'manhole') {
      const toxic = hashText(asset.assetId) % 3 === 0;
      return [
        planDevice(city, asset, asset.assetId, 'level probe', [
          { channel: 'level', type: 'LVL_MH', what: 'water below cover', intervalS: 10 },
          ...(toxic ? [{ channel: 'h2s', type: 'H2S', what: 'hydrogen sulfide', intervalS: 20 }] : []),
        ]),
      ];
    }
    return [
      planDevice(city, asset, asset.assetId, 'ponding gauge', [
        { channel: 'ponding', type: 'POND', what: 'ponding depth', intervalS: 5 },
      ]),
    ];
  });
}
