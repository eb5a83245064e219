import type { Utility } from '@lifeline/contracts';
import { distance, type LonLat, type Point } from '../geometry.js';
import { evenAt, hashText } from '../random.js';
import type { ProvinceTown } from './province-towns.js';
import { COLLECTOR_EVERY, MAIN_EVERY, STREET_SPACING_M, type Direction, type StreetLattice } from './street-lattice.js';

export type PipeClass = 'trunk' | 'main' | 'collector' | 'service';

export interface NetworkLine {
  readonly class: PipeClass;
  readonly coordinates: readonly LonLat[];
}

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** Utilities whose lines run along the streets, and how far beside their middle. Bridges have none. */
const BESIDE_M: Readonly<Partial<Record<Utility, number>>> = { gas: -6, drainage: 6, power: 0 };
/** The lattice is bent by so much at most: lines are asked for so far beside a box. */
const BENT_M = 90;
/** Below this zoom only what joins the towns is drawn. */
const TOWNS_FROM_ZOOM = 8;

/** Which lines are drawn at a zoom (every n-th), so that a tile of any zoom holds some thousand vertices at most. */
export function linesEvery(zoom: number): number {
  if (zoom >= 14) return 1;
  if (zoom >= 13) return 2;
  if (zoom >= 12) return COLLECTOR_EVERY;
  if (zoom >= 11) return 8;
  return zoom >= 10 ? MAIN_EVERY : MAIN_EVERY * 2;
}

/** The lines of one utility in a box, generalised for a zoom; from zoom 14 on, all of them. */
export function networkIn(lattices: readonly StreetLattice[], utility: Utility, box: Box, zoom: number): NetworkLine[] {
  const beside = BESIDE_M[utility];
  if (beside === undefined) return [];
  const lines = trunksIn(lattices, utility, box);
  if (zoom < TOWNS_FROM_ZOOM) return lines;
  for (const lattice of lattices) {
    if (!overlaps(box, lattice)) continue;
    for (const direction of ['north', 'east'] as const) latticeLines(lattice, direction, utility, box, zoom, lines);
  }
  return lines;
}

function latticeLines(
  lattice: StreetLattice,
  direction: Direction,
  utility: Utility,
  box: Box,
  zoom: number,
  lines: NetworkLine[],
): void {
  const every = linesEvery(zoom);
  const step = Math.max(1, every >> 1);
  const range = lattice.linesIn(box, BENT_M + step * STREET_SPACING_M);
  if (!range) return;
  const [across, along] = direction === 'north' ? [range.i, range.j] : [range.j, range.i];
  const networkKey = hashText(utility);
  const shift = BESIDE_M[utility]!;
  const from = Math.ceil(along[0] / step) * step;
  for (let line = Math.ceil(across[0] / every) * every; line <= across[1]; line += every) {
    const kind = classOf(line);
    if (utility === 'power' && kind === 'service') continue;
    let run: LonLat[] = [];
    for (let at = from; at <= along[1]; at += step) {
      const [i, j] = direction === 'north' ? [line, at] : [at, line];
      if (lattice.isInside(i, j)) {
        const { x, y } = lattice.crossing(i, j);
        run.push(lattice.frame.toLonLat({ x: x + shift, y: y + shift }));
        // Gaps are told at the finest zooms alone: farther off a street is drawn through.
        if (step > 1 || lattice.isJoined(direction, i, j, networkKey)) continue;
      }
      if (run.length > 1) lines.push({ class: kind, coordinates: run });
      run = [];
    }
    if (run.length > 1) lines.push({ class: kind, coordinates: run });
  }
}

function classOf(line: number): PipeClass {
  if (line % MAIN_EVERY === 0) return 'main';
  return line % COLLECTOR_EVERY === 0 ? 'collector' : 'service';
}

/** Metres of the utility's lines in one town. */
export function townNetworkM(lattice: StreetLattice, utility: Utility): number {
  if (BESIDE_M[utility] === undefined) return 0;
  const { reach } = lattice;
  const networkKey = hashText(utility);
  let metres = 0;
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      if (!lattice.isInside(i, j)) continue;
      const here = lattice.crossing(i, j);
      if (counts('north', i, j) && lattice.isInside(i, j + 1)) metres += distance(here, lattice.crossing(i, j + 1));
      if (counts('east', i, j) && lattice.isInside(i + 1, j)) metres += distance(here, lattice.crossing(i + 1, j));
    }
  }
  return metres;

  function counts(direction: Direction, i: number, j: number): boolean {
    if (utility === 'power' && classOf(direction === 'north' ? i : j) === 'service') return false;
    return lattice.isJoined(direction, i, j, networkKey);
  }
}

/** Each town hangs on its city, and each city on the nearest larger one, by a line with a few bends. */
export function trunks(lattices: readonly StreetLattice[]): { readonly from: ProvinceTown; readonly line: LonLat[] }[] {
  const cities = lattices.map(({ town }) => town).filter((town) => town.townId === town.prefecture);
  return lattices.flatMap(({ town }) => {
    const others =
      town.townId === town.prefecture
        ? cities.filter(({ share }) => share > town.share)
        : cities.filter(({ townId }) => townId === town.prefecture);
    const [first, ...rest] = others;
    if (first === undefined) return [];
    const to = rest.reduce((best, other) => (awayOf(other, town) < awayOf(best, town) ? other : best), first);
    return [{ from: town, line: bent(town, to) }];
  });
}

function awayOf(a: ProvinceTown, b: ProvinceTown): number {
  return Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]);
}

const BENDS = 24;

function bent(from: ProvinceTown, to: ProvinceTown): LonLat[] {
  const along: Point = { x: to.centre[0] - from.centre[0], y: to.centre[1] - from.centre[1] };
  return Array.from({ length: BENDS + 1 }, (_, n): LonLat => {
    const share = n / BENDS;
    const sway = n % BENDS === 0 ? 0 : Math.sin(share * Math.PI) * 0.05 + (evenAt(from.key, n) - 0.5) * 0.02;
    return [from.centre[0] + along.x * share - along.y * sway, from.centre[1] + along.y * share + along.x * sway];
  });
}

function trunksIn(lattices: readonly StreetLattice[], utility: Utility, box: Box): NetworkLine[] {
  if (utility === 'drainage') return []; // Every town drains by itself.
  const [west, south, east, north] = box;
  return trunks(lattices).flatMap(({ line }): NetworkLine[] => {
    const lons = line.map(([lon]) => lon);
    const lats = line.map(([, lat]) => lat);
    if (Math.max(...lons) < west || Math.min(...lons) > east) return [];
    if (Math.max(...lats) < south || Math.min(...lats) > north) return [];
    return [{ class: 'trunk', coordinates: line }];
  });
}

function overlaps([west, south, east, north]: Box, { frame, town }: StreetLattice): boolean {
  const reachM = town.radiusM * 1.3;
  const [w, s] = frame.toLonLat({ x: -reachM, y: -reachM });
  const [e, n] = frame.toLonLat({ x: reachM, y: reachM });
  return w <= east && e >= west && s <= north && n >= south;
}
