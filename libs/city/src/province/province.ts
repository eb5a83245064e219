import { UTILITIES, type Utility } from '@lifeline/contracts';
import type { LonLat } from '../geometry.js';
import { Random } from '../random.js';
import { networkIn, townNetworkM, trunks, type Box, type NetworkLine } from './province-network.js';
import { provinceTowns, type ProvinceTown } from './province-towns.js';
import { StreetLattice } from './street-lattice.js';

/**
 * A simulated province of the size of all Anhui's first phase: 163,000 sensors on 144,000 km of pipe, all made up but the places of
 * its cities. Its networks are drawn tile by tile from the seed and are never held in memory.
 */
export interface Province {
  readonly seed: string;
  readonly towns: readonly ProvinceTown[];
  readonly centre: LonLat;
  readonly zoom: number;
  networkIn(utility: Utility, box: Box, zoom: number): NetworkLine[];
  /** Kilometres of pipe: gas and drainage. Walks the whole network, half a second. */
  pipeKm(): number;
  /** Where devices stand, in the order of their ids; `sensors` in all, spread over the towns by their size. */
  places(sensors?: number): ProvincePlace[];
}

export interface ProvincePlace {
  readonly deviceId: string;
  readonly assetId: string;
  readonly utility: Utility;
  readonly town: ProvinceTown;
  readonly lon: number;
  readonly lat: number;
  /** Sensors of the device. */
  readonly channels: number;
}

export const PROVINCE_SENSORS = 163_000;
export const PROVINCE_PIPE_KM = 144_000;

/** Built-up area that gives the length of pipe: the lattice has some 18 km of street a square kilometre, two networks. */
const BUILT_UP_KM2 = 3_844;

/** Shares of the places, and sensors a place: made up, a manhole has few, a bridge many. */
const KINDS: Readonly<Record<Utility, { readonly share: number; readonly least: number; readonly most: number }>> = {
  gas: { share: 0.48, least: 1, most: 3 },
  power: { share: 0.1, least: 3, most: 6 },
  bridge: { share: 0.012, least: 8, most: 40 },
  drainage: { share: 0.408, least: 1, most: 3 },
};

export function buildProvince(seed: string | number): Province {
  const key = String(seed);
  const towns = provinceTowns(key, BUILT_UP_KM2);
  const lattices = towns.map((town) => new StreetLattice(town));
  return {
    seed: key,
    towns,
    centre: [117.2, 32.0],
    zoom: 7.4,
    networkIn: (utility, box, zoom) => networkIn(lattices, utility, box, zoom),
    pipeKm() {
      const utilities: readonly Utility[] = ['gas', 'drainage'];
      const inTowns = utilities.flatMap((utility) => lattices.map((lattice) => townNetworkM(lattice, utility)));
      return (inTowns.reduce((sum, metres) => sum + metres, 0) + trunksM(lattices)) / 1000;
    },
    places: (sensors = PROVINCE_SENSORS) => placesOf(key, lattices, sensors),
  };
}

function trunksM(lattices: readonly StreetLattice[]): number {
  return trunks(lattices).reduce((sum, { line }) => {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      sum += Math.hypot((b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180), b[1] - a[1]) * 111_000;
    }
    return sum;
  }, 0);
}

function placesOf(seed: string, lattices: readonly StreetLattice[], sensors: number): ProvincePlace[] {
  const places: ProvincePlace[] = [];
  let left = sensors;
  const largestLast = [...lattices].sort((a, b) => a.town.share - b.town.share);
  largestLast.forEach((lattice, number) => {
    const { town } = lattice;
    let wanted = number === largestLast.length - 1 ? left : Math.round(sensors * town.share);
    left -= wanted;
    const random = new Random(`${seed}/places/${town.townId}`);
    for (let n = 1; wanted > 0; n++) {
      const utility = kindBy(random.next());
      const { least, most } = KINDS[utility];
      const channels = Math.min(wanted, least + random.index(most - least + 1));
      wanted -= channels;
      const [lon, lat] = beside(lattice, random);
      const name = `${town.townId}-${utility}-${String(n).padStart(5, '0')}`;
      places.push({ deviceId: name, assetId: `at-${name}`, utility, town, lon, lat, channels });
    }
  });
  return places.sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
}

function kindBy(chance: number): Utility {
  let left = chance;
  for (const utility of UTILITIES) {
    left -= KINDS[utility].share;
    if (left < 0) return utility;
  }
  return 'gas';
}

/** A place on a street of the town, denser towards its middle. */
function beside(lattice: StreetLattice, random: Random): LonLat {
  for (;;) {
    const awayM = lattice.town.radiusM * 1.2 * random.next() ** 0.62;
    const heading = random.next() * 2 * Math.PI;
    const i = Math.round((Math.cos(heading) * awayM) / 100);
    const j = Math.round((Math.sin(heading) * awayM) / 100);
    if (!lattice.isInside(i, j) || !lattice.isInside(i + 1, j)) continue;
    const [a, b] = [lattice.crossing(i, j), lattice.crossing(i + 1, j)];
    const share = random.next();
    return lattice.frame.toLonLat({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
  }
}
