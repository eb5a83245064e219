import type { Asset } from '@lifeline/contracts';
import type { City, Site } from '@lifeline/city';
import {
  drift,
  lineLengthM,
  lineOf,
  metresBetween,
  newestAnswer,
  noiseKey,
  numberOf,
  placeOnLine,
  pointAlong,
  strength,
  type Demand,
  type Fault,
  type FaultBook,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { linePackM3, pipeVolumeM3 } from './physics/line-pack.js';
import { ATMOSPHERE_KPA, holeFlowM3h } from './physics/natural-gas.js';
import { PipeStock } from './simulated-stock.js';

const HOUR_MS = 3_600_000;
/** Pressure a gate station holds at its outlet, MPa. */
const GATE_OUTLET_MPA = 0.362;
/** Loss at the far end of the network when all demand is drawn, MPa: it goes with nearly the square of the flow. */
const FAR_LOSS_MPA = 0.11;
const LOSS_EXPONENT = 1.8;
/** How far the fall of pressure around a leak reaches, and by which distance it falls to 1/e. */
const PRESSURE_REACH_M = 900;
const PRESSURE_M = 400;
/** What leaks is taken from the line pack around it first; the gate station gives it after minutes. Time constant. */
const GATE_FEELS_S = 120;
/**
 * Rated flow of the regulators for a cubic metre of pipes, m3/h: so are those of the whole city. Where a part of its regulators is
 * simulated, as much of the pipes takes part.
 */
const RATED_OF_VOLUME = 2.2;
/** The low-pressure network is a mesh: so much of a failed regulator's flow finds another way, at most, so fast. */
const SHIFTS_S = 150;
const MOST_SHIFTED = 0.25;

/** Kinds of leak, with what is felt where a scenario does not say. */
export const LEAK_KINDS = [
  { kind: 'leak', riseS: 60, peakVol: 3.5, pressureDropMpa: 0.02, holeMm: 10 },
  { kind: 'slow-leak', riseS: 5400, peakVol: 0.9, pressureDropMpa: 0.002, holeMm: 3 },
] as const;

interface Gate {
  readonly demand: ValueAt;
  readonly outletMpa: ValueAt;
  /** Flow through each of its regulators, m3/h, by asset id. */
  readonly drawn: Map<string, ValueAt>;
  /** Of its pipes, m3, and the mean of their reach weighted by it. */
  volumeM3: number;
  meanReach: number;
  ratedM3h: number;
  readonly stock: PipeStock;
}

/** The pipes between gate stations and regulators: pressure, flow, line pack and what leaks or is taken from them. */
export class SimulatedNetwork {
  private readonly gates = new Map<string, Gate>();
  private readonly assets: ReadonlyMap<string, Asset>;

  constructor(
    private readonly city: City,
    private readonly faults: FaultBook,
    private readonly seed: string,
    private readonly use: Demand,
  ) {
    this.assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
    for (const asset of city.assets) {
      if (asset.utility !== 'gas') continue;
      const site = city.sites.get(asset.assetId)!;
      const gate = this.gateOf(site.sourceId);
      if (asset.kind === 'pipe-segment') {
        const volumeM3 = pipeVolumeM3(numberOf(asset, 'diameterMm'), numberOf(asset, 'lengthM'));
        gate.meanReach = (gate.meanReach * gate.volumeM3 + site.reach * volumeM3) / (gate.volumeM3 + volumeM3);
        gate.volumeM3 += volumeM3;
      } else if (asset.properties['role'] === 'district-regulator') {
        gate.ratedM3h += numberOf(asset, 'ratedM3h');
        gate.drawn.set(
          asset.assetId,
          newestAnswer((tMs) => this.drawn(asset, site, tMs)),
        );
      }
    }
  }

  /** Share of all demand that is drawn behind a gate station, 0.1 to about 1. */
  demand(sourceId: string, tMs: number): number {
    return this.gateOf(sourceId).demand(tMs);
  }

  /** Over the atmosphere, at a place of the network. */
  pressureMpa(site: Site, tMs: number): number {
    const gate = this.gateOf(site.sourceId);
    const loss = FAR_LOSS_MPA * site.reach * gate.demand(tMs) ** LOSS_EXPONENT;
    const surplus = gate.stock.surplusKpa(tMs, filledM3(gate)) / 1000;
    return gate.outletMpa(tMs) - loss + surplus - this.leakDropMpa(site, tMs);
  }

  /** Flow through a regulator, m3/h. The failed one's share goes over to its neighbours as their outlets droop: minutes. */
  private drawn(asset: Asset, site: Site, tMs: number): number {
    const key = noiseKey(this.seed, asset.assetId, 'flow');
    const share = 0.5 + 0.2 * drift(key, 0, HOUR_MS);
    const ordinary = share * this.demand(site.sourceId, tMs) * (1 + 0.03 * drift(key, tMs, 0.3 * HOUR_MS));
    const starved = strength(this.faults.begun(asset.assetId, 'regulator-low', tMs), tMs, SHIFTS_S, SHIFTS_S);
    return numberOf(asset, 'ratedM3h') * ordinary * (1 - MOST_SHIFTED * starved);
  }

  regulatorFlowM3h(asset: Asset, tMs: number): number {
    const gate = this.gateOf(this.city.sites.get(asset.assetId)!.sourceId);
    return gate.drawn.get(asset.assetId)?.(tMs) ?? 0;
  }

  /** Flow through a gate station, m3/h: what its regulators draw, what is lost on the way and what the pipes take up. */
  gateFlowM3h(sourceId: string, tMs: number): number {
    return this.gateOf(sourceId).stock.inflowM3h(tMs);
  }

  private takenM3h(sourceId: string, gate: Gate, tMs: number): number {
    let flow = this.lostM3h(sourceId, tMs);
    for (const drawn of gate.drawn.values()) flow += drawn(tMs);
    return flow;
  }

  private packM3(gate: Gate, tMs: number): number {
    const loss = FAR_LOSS_MPA * gate.meanReach * gate.demand(tMs) ** LOSS_EXPONENT;
    return linePackM3(filledM3(gate), (gate.outletMpa(tMs) - loss) * 1000 + ATMOSPHERE_KPA);
  }

  /** What leaks, and what is taken without a meter, as the gate station feels it. */
  private lostM3h(sourceId: string, tMs: number): number {
    let lost = 0;
    for (const { kind, holeMm, riseS } of LEAK_KINDS) {
      for (const fault of this.faults.ofKind(kind)) {
        const site = this.city.sites.get(fault.target);
        if (site?.sourceId !== sourceId) continue;
        const opensS = kind === 'leak' ? GATE_FEELS_S : (fault.parameters['riseS'] ?? riseS);
        const felt = strength(fault, tMs, opensS, GATE_FEELS_S);
        if (felt === 0) continue;
        const kpa = this.pressureMpa(site, tMs) * 1000;
        lost += felt * holeFlowM3h(fault.parameters['holeMm'] ?? holeMm, kpa);
      }
    }
    for (const fault of this.faults.ofKind('gas-theft')) {
      if (this.city.sites.get(fault.target)?.sourceId !== sourceId) continue;
      const felt = strength(fault, tMs, GATE_FEELS_S, GATE_FEELS_S);
      lost += felt * (fault.parameters['takenM3h'] ?? 250) * this.demand(sourceId, tMs);
    }
    return lost;
  }

  /** Where a leak is: on a pipe `alongShare` of its length from its first point, else where the manhole is. */
  placeOf(fault: Fault): { readonly pipe: Asset; readonly alongM: number; readonly at: [number, number] } | undefined {
    const asset = this.assets.get(fault.target);
    const site = this.city.sites.get(fault.target);
    const pipe = this.assets.get(asset?.kind === 'pipe-segment' ? asset.assetId : (site?.lineId ?? ''));
    if (!asset || !site || !pipe) return undefined;
    const line = lineOf(pipe);
    const alongM =
      asset === pipe ? lineLengthM(line) * (fault.parameters['alongShare'] ?? 0.5) : placeOnLine(line, site.at).alongM;
    return { pipe, alongM, at: asset === pipe ? pointAlong(line, alongM) : site.at };
  }

  /** Metres from a fault to a place; undefined in another town. */
  awayM(fault: Fault, site: Site): number | undefined {
    const townId = this.city.sites.get(fault.target)?.townId;
    if (townId === undefined || townId !== site.townId) return undefined;
    const place = this.placeOf(fault);
    return place && metresBetween(place.at, site.at);
  }

  private leakDropMpa(site: Site, tMs: number): number {
    let drop = 0;
    for (const defaults of LEAK_KINDS) {
      for (const fault of this.faults.ofKind(defaults.kind)) {
        if (this.city.sites.get(fault.target)?.sourceId !== site.sourceId) continue;
        const away = this.awayM(fault, site);
        if (away === undefined || away > PRESSURE_REACH_M) continue;
        const felt = strength(fault, tMs, fault.parameters['riseS'] ?? defaults.riseS, 120);
        const deep = fault.parameters['pressureDropMpa'] ?? defaults.pressureDropMpa;
        drop += felt * deep * Math.exp(-away / PRESSURE_M);
      }
    }
    return drop;
  }

  private gateOf(sourceId: string): Gate {
    const known = this.gates.get(sourceId);
    if (known) return known;
    const demandKey = noiseKey(this.seed, sourceId, 'demand');
    const outletKey = noiseKey(this.seed, sourceId, 'outlet');
    const made: Gate = {
      demand: newestAnswer((tMs) => this.use.gas(tMs) * (1 + 0.06 * drift(demandKey, tMs, 0.7 * HOUR_MS))),
      outletMpa: newestAnswer((tMs) => GATE_OUTLET_MPA + 0.005 * drift(outletKey, tMs, HOUR_MS)),
      drawn: new Map(),
      volumeM3: 0,
      meanReach: 0,
      ratedM3h: 0,
      stock: new PipeStock(
        (tMs) => this.packM3(made, tMs),
        (tMs) => this.takenM3h(sourceId, made, tMs),
      ),
    };
    this.gates.set(sourceId, made);
    return made;
  }
}

/** Volume of the pipes that fill and empty with what is drawn, m3. */
function filledM3({ volumeM3, ratedM3h }: Gate): number {
  return Math.min(volumeM3, ratedM3h / RATED_OF_VOLUME);
}
