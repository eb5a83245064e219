import type { NewDevice } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { assetsOf, planDevice, type SensorPlan } from '@lifeline/lifeline-kit';

/** Substations with two main transformers and the air around them, feeders with their cable joints, distribution transformers. */
export function planPower(city: City, _seed: string): NewDevice[] {
  return assetsOf(city, 'power').flatMap((asset) => {
    if (asset.kind === 'substation') {
      return [
        planDevice(city, asset, asset.assetId, 'station computer', [
          { channel: 'frequency', type: 'FREQ', what: 'frequency', intervalS: 2 },
          ...['1', '2'].flatMap((number): SensorPlan[] => [
            { channel: `u-bus${number}`, type: 'U_10', what: `bus ${number} voltage`, intervalS: 2 },
            { channel: `load-t${number}`, type: 'LOAD', what: `transformer ${number} load`, intervalS: 5 },
            { channel: `oil-t${number}`, type: 'T_OIL', what: `transformer ${number} top oil`, intervalS: 5 },
            { channel: `hotspot-t${number}`, type: 'T_HS', what: `transformer ${number} hot spot`, intervalS: 10 },
          ]),
          { channel: 'air', type: 'T_AIR', what: 'outdoor air', intervalS: 30 },
        ]),
      ];
    }
    if (asset.kind === 'feeder') {
      return [
        planDevice(city, asset, asset.assetId, 'monitor', [
          { channel: 'load', type: 'LOAD', what: 'load', intervalS: 5 },
          { channel: 'joint-1', type: 'T_JNT', what: 'cable joint 1', intervalS: 10 },
          { channel: 'joint-2', type: 'T_JNT', what: 'cable joint 2', intervalS: 10, aside: [40, 25] },
        ]),
      ];
    }
    return [
      planDevice(city, asset, asset.assetId, 'monitor', [
        { channel: 'load', type: 'LOAD', what: 'load', intervalS: 5 },
        { channel: 'oil', type: 'T_OIL', what: 'top oil', intervalS: 5 },
        { channel: 'voltage', type: 'U_LV', what: 'voltage', intervalS: 5 },
        { channel: 'imbalance', type: 'UNB', what: 'imbalance', intervalS: 30 },
        ...['a', 'b', 'c'].map((phase): SensorPlan => {
          return { channel: `i-${phase}`, type: 'I_PH', what: `phase ${phase.toUpperCase()} current`, intervalS: 15 };
        }),
      ]),
    ];
  });
}
