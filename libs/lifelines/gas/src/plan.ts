import type { NewDevice } from '@lifeline/contracts';
import { Random, type City } from '@lifeline/city';
import { assetsOf, numberOf, planDevice } from '@lifeline/lifeline-kit';

const PRESSURE_POINTS = 40;

/** Gate stations, district regulators, methane in manholes, pressure points on the pipes. */
export function planGas(city: City, seed: string): NewDevice[] {
  const random = new Random(`${seed}/gas/plan`);
  const devices: NewDevice[] = [];
  const pipes = [];
  for (const asset of assetsOf(city, 'gas')) {
    if (asset.kind === 'pipe-segment') pipes.push(asset);
    else if (asset.kind === 'manhole') {
      devices.push(
        planDevice(city, asset, asset.assetId, 'methane probe', [
          { channel: 'ch4', type: 'CH4_MH', what: 'methane', intervalS: 10 },
        ]),
      );
    } else if (asset.properties['role'] === 'gate-station') {
      const rated = numberOf(asset, 'ratedM3h');
      devices.push(
        planDevice(city, asset, asset.assetId, 'station computer', [
          { channel: 'p-in', type: 'P_SUB', what: 'inlet pressure', intervalS: 2 },
          { channel: 'p-out', type: 'P_MID', what: 'outlet pressure', intervalS: 2 },
          {
            channel: 'flow',
            type: 'Q_GAS',
            what: 'flow',
            intervalS: 2,
            // Limits by the rated flow of the station, as the catalogue says.
            limits: { high: rated, highHigh: rated * 1.2, deadband: rated * 0.05, ratePerMinute: rated * 0.06 },
          },
          { channel: 'gas-hall', type: 'CH4_ST', what: 'regulating hall gas', intervalS: 5 },
          { channel: 'gas-odour', type: 'CH4_ST', what: 'odourising room gas', intervalS: 5, aside: [12, -8] },
          { channel: 'tht', type: 'THT', what: 'odourant', intervalS: 30 },
        ]),
      );
    } else {
      const rated = numberOf(asset, 'ratedM3h');
      devices.push(
        planDevice(city, asset, asset.assetId, 'telemetry', [
          { channel: 'p-in', type: 'P_MID', what: 'inlet pressure', intervalS: 5 },
          { channel: 'p-out', type: 'P_LOW', what: 'outlet pressure', intervalS: 2 },
          {
            channel: 'flow',
            type: 'Q_GAS',
            what: 'flow',
            intervalS: 5,
            limits: { high: rated, highHigh: rated * 1.2, deadband: rated * 0.05, ratePerMinute: rated * 0.06 },
          },
          { channel: 'gas', type: 'CH4_ST', what: 'cabinet gas', intervalS: 5 },
        ]),
      );
    }
  }
  const points = Math.min(pipes.length, Math.round(PRESSURE_POINTS * city.scale));
  for (let i = 0; i < points; i++) {
    const asset = pipes.splice(random.index(pipes.length), 1)[0]!;
    devices.push(
      planDevice(city, asset, `gas-pt-${String(i + 1).padStart(4, '0')}`, 'pressure point', [
        { channel: 'pressure', type: 'P_MID', what: 'pressure', intervalS: 5 },
      ]),
    );
  }
  return devices;
}
