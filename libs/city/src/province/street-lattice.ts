import { Frame, type LonLat, type Point } from '../geometry.js';
import { evenAt, mix } from '../random.js';
import type { ProvinceTown } from './province-towns.js';

/**
 * The streets of a town of the province as a bent lattice: every crossing, and whether a street joins two of them, follow from
 * the town's key and the crossing's two numbers alone. So a tile of a network is drawn without keeping the network.
 */

/** Metres between crossings. */
export const STREET_SPACING_M = 100;
/** Every sixteenth line is a main, every fourth a collector. */
export const MAIN_EVERY = 16;
export const COLLECTOR_EVERY = 4;
/** Share of collectors and of other streets that are there. */
const COLLECTORS_THERE = 0.97;
const STREETS_THERE = 0.88;
/** A crossing's number in one word, for chance: towns have under 2,000 lines. */
const ROW = 4096;

/** Lines of one direction: `i` counts those that run north, `j` those that run east. */
export type Direction = 'north' | 'east';

export class StreetLattice {
  readonly frame: Frame;
  private readonly cos: number;
  private readonly sin: number;
  private readonly phases: readonly number[];
  /** Largest line number in either direction. */
  readonly reach: number;

  constructor(readonly town: ProvinceTown) {
    this.frame = new Frame(town.centre);
    this.cos = Math.cos(town.turnRad);
    this.sin = Math.sin(town.turnRad);
    this.phases = [0, 1, 2, 3].map((n) => evenAt(town.key, n) * 2 * Math.PI);
    this.reach = Math.ceil((town.radiusM * 1.3) / STREET_SPACING_M);
  }

  /** Metres east and north of the town's centre. */
  crossing(i: number, j: number): Point {
    const [a, b] = this.phases as [number, number, number, number];
    const node = (i + ROW / 2) * ROW + j + ROW / 2;
    const u =
      i * STREET_SPACING_M + 55 * Math.sin((j * STREET_SPACING_M) / 900 + a) + (evenAt(this.town.key, node) - 0.5) * 22;
    const v =
      j * STREET_SPACING_M +
      55 * Math.sin((i * STREET_SPACING_M) / 1100 + b) +
      (evenAt(mix(this.town.key, 1), node) - 0.5) * 22;
    return { x: u * this.cos - v * this.sin, y: u * this.sin + v * this.cos };
  }

  lonLat(i: number, j: number): LonLat {
    return this.frame.toLonLat(this.crossing(i, j));
  }

  /** Whether a crossing lies in the town, whose edge is no circle. */
  isInside(i: number, j: number): boolean {
    const u = i * STREET_SPACING_M;
    const v = j * STREET_SPACING_M;
    const [, , c, d] = this.phases as [number, number, number, number];
    const heading = Math.atan2(v, u);
    const edge = this.town.radiusM * (1 + 0.14 * Math.sin(3 * heading + c) + 0.08 * Math.sin(5 * heading + d));
    return u * u + v * v < edge * edge;
  }

  /** Whether the street from a crossing to the next one in its direction has the network of this key. */
  isJoined(direction: Direction, i: number, j: number, networkKey: number): boolean {
    const line = direction === 'north' ? i : j;
    if (line % MAIN_EVERY === 0) return true;
    const there = line % COLLECTOR_EVERY === 0 ? COLLECTORS_THERE : STREETS_THERE;
    const node = (i + ROW / 2) * ROW + j + ROW / 2;
    return evenAt(mix(this.town.key, networkKey + (direction === 'north' ? 2 : 3)), node) < there;
  }

  /** The lines that may pass through a box of longitude and latitude (west, south, east, north). */
  linesIn(
    [west, south, east, north]: readonly [number, number, number, number],
    marginM: number,
  ): { i: [number, number]; j: [number, number] } | undefined {
    const corners = [
      this.frame.toPoint([west, south]),
      this.frame.toPoint([east, south]),
      this.frame.toPoint([west, north]),
      this.frame.toPoint([east, north]),
    ];
    const us = corners.map(({ x, y }) => x * this.cos + y * this.sin);
    const vs = corners.map(({ x, y }) => y * this.cos - x * this.sin);
    const i = this.between(Math.min(...us) - marginM, Math.max(...us) + marginM);
    const j = this.between(Math.min(...vs) - marginM, Math.max(...vs) + marginM);
    return i && j && { i, j };
  }

  private between(fromM: number, toM: number): [number, number] | undefined {
    const first = Math.max(-this.reach, Math.floor(fromM / STREET_SPACING_M));
    const last = Math.min(this.reach, Math.ceil(toM / STREET_SPACING_M));
    return first <= last ? [first, last] : undefined;
  }
}
