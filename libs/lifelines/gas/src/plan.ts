import type { Asset, NewDevice } from '@lifeline/contracts';
import { Random, type City } from '@lifeline/city';
import { assetsOf, lineOf, numberOf, planDevice } from '@lifeline/lifeline-kit';

const PRESSURE_POINTS = 40;
/** Steel mains with fast pressure at both ends: the longest. */
const FAST_MAINS = 4;
const STEEL_MAIN_MM = 273;
const LONG_MAIN_M = 600;

/** Gate stations, district regulators, methane in manholes, pressure points on the pipes. */
export function planGas(city: City, seed: string): NewDevice[] {
  const random = new Random(`${seed}/gas/plan`);
  const devices: NewDevice[] = [];
  const pipes: Asset[] = [];
  const mains: Asset[] = [];
  for (const asset of assetsOf(city, 'gas')) {
    if (asset.kind === 'pipe-segment') {
      pipes.push(asset);
      if (isLongMain(asset)) mains.push(asset);
    } else if (asset.kind === 'manhole') {
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
  mains.sort((a, b) => numberOf(b, 'lengthM') - numberOf(a, 'lengthM') || a.assetId.localeCompare(b.assetId));
  for (const [i, main] of mains.slice(0, Math.round(FAST_MAINS * Math.min(1, city.scale))).entries())
    devices.push(...fastPressure(city, main, i + 1));
  return devices;
}

function isLongMain(pipe: Asset): boolean {
  return numberOf(pipe, 'diameterMm') >= STEEL_MAIN_MM && numberOf(pipe, 'lengthM') >= LONG_MAIN_M;
}

/** Fast pressure at both ends of a main. At rest each point sends a value now and then, around an event its record of 100 Hz. */
function fastPressure(city: City, main: Asset, number: number): NewDevice[] {
  const line = lineOf(main);
  const [lon, lat] = city.sites.get(main.assetId)!.at;
  return [line[0]!, line[line.length - 1]!].map((end, i) =>
    planDevice(city, main, `gas-npw-${String(number).padStart(2, '0')}${'ab'[i]}`, 'fast pressure', [
      {
        channel: 'fast',
        type: 'P_NPW',
        what: `fast pressure ${'AB'[i]}`,
        intervalS: 2,
        // A fall of 2 kPa within a second is the wave watch's to judge: it needs both ends.
        limits: { ratePerMinute: null },
        aside: [(end[0] - lon) * 94_000, (end[1] - lat) * 110_900],
      },
    ]),
  );
}
