import type { Sensor } from '@lifeline/contracts';
import { metresBetween, SlowMean } from '@lifeline/lifeline-kit';
import { SLOT_MS } from '../physics/mass-balance.js';
import { sagCentre, type SagCentre } from '../physics/pressure-profile.js';
import { SlotIntegral } from './slot-volume.js';
import type { SupplySection } from './supply-section.js';

/** Pressure is smoothed over this before a slot's bound is read; the lag is the same at both bounds. */
const SMOOTH_MS = 60_000;
/** A pressure or meter is usual by the last two days. */
const MEMORY = 288;
/** A meter's share of now: the last hour. */
const NOW_MEMORY = 6;
/** Pressure falls along the pipes with nearly the square of the flow. */
const LOSS_EXPONENT = 1.8;

const SMOOTHED = 0;
const SMOOTHED_MS = 1;
const BOUND = 2;
const BOUND_SLOT = 3;
const DONE = 4;
const DONE_SLOT = 5;
/** Σ flow^1.8 × fall and Σ (flow^1.8)², for what the fall usually is at a flow. */
const FALL_XY = 6;
const FALL_XX = 7;
const SAG = 8;
const PRESSURE_FIELDS = 9;

/** What came in and went out within one slot. */
export interface SlotBalance {
  readonly inM3: number;
  readonly outM3: number;
  readonly packVolumeM3: number;
  readonly pressureRiseMpa: number;
}

/** A meter that shows less than its share. */
export interface SuspectMeter {
  readonly sensor: Sensor;
  /** What it shows too little, m3/h. */
  readonly lacksM3h: number;
  readonly deviations: number;
}

/** The meters and pressures of a section: slot volumes, shares, and the fall of pressure along the pipes. */
export class SectionMeters {
  static fieldsOf({ inlets, outlets, pressures }: SupplySection): number {
    const flow = SlotIntegral.FIELDS;
    return (
      1 +
      inlets.length * flow +
      outlets.length * (flow + 2 * SlowMean.FIELDS) +
      pressures.length * (SlotIntegral.FIELDS + PRESSURE_FIELDS + SlowMean.FIELDS)
    );
  }

  readonly sensorNos: readonly number[];
  private readonly places = new Map<number, (atMs: number, value: number) => void>();
  private readonly inlets: SlotIntegral[];
  private readonly outlets: { readonly flow: SlotIntegral; readonly usual: SlowMean; readonly now: SlowMean }[];
  private readonly pressures: { readonly slot: SlotIntegral; readonly at: number; readonly usual: SlowMean }[];
  private readonly gatePressure: number;

  constructor(
    private readonly section: SupplySection,
    private readonly state: Float64Array,
    private readonly at: number,
  ) {
    let next = at + 1;
    const place = (fields: number): number => (next += fields) - fields;
    const integral = (): SlotIntegral => new SlotIntegral(state, place(SlotIntegral.FIELDS));
    this.inlets = section.inlets.map(integral);
    this.outlets = section.outlets.map(() => ({
      flow: integral(),
      usual: new SlowMean(state, place(SlowMean.FIELDS), MEMORY),
      now: new SlowMean(state, place(SlowMean.FIELDS), NOW_MEMORY),
    }));
    this.pressures = section.pressures.map(() => ({
      slot: integral(),
      at: place(PRESSURE_FIELDS),
      usual: new SlowMean(state, place(SlowMean.FIELDS), MEMORY),
    }));
    this.gatePressure = section.pressures.findIndex(({ sensor }) => sensor.assetId === section.gate.assetId);
    section.inlets.forEach(({ sensorNo }, i) => this.places.set(sensorNo, (t, v) => this.inlets[i]!.take(t, v)));
    section.outlets.forEach(({ sensorNo }, i) => this.places.set(sensorNo, (t, v) => this.outlets[i]!.flow.take(t, v)));
    section.pressures.forEach(({ sensor }, i) => this.places.set(sensor.sensorNo, (t, v) => this.press(i, t, v)));
    this.sensorNos = [...this.places.keys()];
  }

  /** Newest measured time of any sensor; 0 before the first. */
  get newestMs(): number {
    return this.state[this.at]!;
  }

  /** Newest reading of the inlet meters together, m3/h. */
  get inletM3h(): number {
    return this.inlets.reduce((sum, { last }) => sum + last, 0);
  }

  lastOf(i: number): number {
    return this.outlets[i]!.flow.last;
  }

  take(sensorNo: number, atMs: number, value: number): void {
    if (atMs > this.newestMs) this.state[this.at] = atMs;
    this.places.get(sensorNo)?.(atMs, value);
  }

  private press(i: number, atMs: number, value: number): void {
    const { state } = this;
    const { at, slot } = this.pressures[i]!;
    slot.take(atMs, value);
    const beforeMs = state[at + SMOOTHED_MS]!;
    if (beforeMs === 0 || atMs - beforeMs > SLOT_MS / 2) state[at + SMOOTHED] = value;
    else {
      const before = state[at + SMOOTHED]!;
      const now = before + (1 - Math.exp(-(atMs - beforeMs) / SMOOTH_MS)) * (value - before);
      const number = Math.floor(beforeMs / SLOT_MS);
      if (Math.floor(atMs / SLOT_MS) > number) {
        const share = ((number + 1) * SLOT_MS - beforeMs) / (atMs - beforeMs);
        state[at + BOUND] = state[at + DONE]!;
        state[at + BOUND_SLOT] = state[at + DONE_SLOT]!;
        state[at + DONE] = before + share * (now - before);
        state[at + DONE_SLOT] = number;
      }
      state[at + SMOOTHED] = now;
    }
    state[at + SMOOTHED_MS] = atMs;
  }

  /**
   * What came in, went out and was packed within a finished slot; undefined where too little is known: an inlet, a quarter of
   * what goes out, or half of the pipes' pressure.
   * @param teach whether the slot is ordinary, so that shares and falls may be learned from it
   */
  balanceOf(slot: number, teach: boolean): SlotBalance | undefined {
    const hours = SLOT_MS / 3_600_000;
    let inM3h = 0;
    for (const inlet of this.inlets) inM3h += inlet.meanOf(slot);
    if (Number.isNaN(inM3h)) return undefined;
    const out = this.outOf(slot);
    const pack = this.packOf(slot);
    if (Number.isNaN(out)) return undefined;
    this.shares(slot, out, teach);
    this.falls(slot, out, teach);
    if (!pack) return undefined;
    return { inM3: inM3h * hours, outM3: out * hours, ...pack };
  }

  /** Mean flow of the outlets, m3/h, silent ones by their usual share; NaN where those carry a quarter or more. */
  private outOf(slot: number): number {
    let known = 0;
    let silent = 0;
    for (const { flow, usual } of this.outlets) {
      const mean = flow.meanOf(slot);
      if (!Number.isNaN(mean)) known += mean;
      else if (usual.count > 0) silent += usual.mean;
      else return NaN;
    }
    return silent < 0.25 ? known / (1 - silent) : NaN;
  }

  private packOf(slot: number): { packVolumeM3: number; pressureRiseMpa: number } | undefined {
    const { state } = this;
    let [volume, known, rise] = [0, 0, 0];
    this.section.pressures.forEach(({ volumeM3 }, i) => {
      const { at } = this.pressures[i]!;
      volume += volumeM3;
      if (state[at + DONE_SLOT] !== slot || state[at + BOUND_SLOT] !== slot - 1) return;
      known += volumeM3;
      rise += volumeM3 * (state[at + DONE]! - state[at + BOUND]!);
    });
    if (volume === 0) return { packVolumeM3: 0, pressureRiseMpa: 0 };
    return known >= 0.5 * volume ? { packVolumeM3: volume, pressureRiseMpa: rise / known } : undefined;
  }

  private shares(slot: number, outM3h: number, teach: boolean): void {
    if (outM3h <= 0) return;
    for (const { flow, usual, now } of this.outlets) {
      const mean = flow.meanOf(slot);
      if (Number.isNaN(mean)) continue;
      now.take(mean / outM3h);
      if (teach) usual.take(mean / outM3h);
    }
  }

  /** How far each pressure lies under the gate's outlet, against what is usual at this flow. */
  private falls(slot: number, drawnM3h: number, teach: boolean): void {
    const { state } = this;
    const gate = this.pressures[this.gatePressure]?.slot.meanOf(slot) ?? NaN;
    if (Number.isNaN(gate)) return;
    const x = Math.max(0, drawnM3h) ** LOSS_EXPONENT;
    for (const { slot: pressure, at, usual } of this.pressures) {
      const mean = pressure.meanOf(slot);
      if (Number.isNaN(mean)) continue;
      const fall = gate - mean;
      const expected = state[at + FALL_XX]! > 0 ? (state[at + FALL_XY]! / state[at + FALL_XX]!) * x : fall;
      state[at + SAG] = fall - expected;
      if (!teach) continue;
      usual.take(fall - expected);
      const keep = 1 - 1 / MEMORY;
      state[at + FALL_XY] = keep * state[at + FALL_XY]! + x * fall;
      state[at + FALL_XX] = keep * state[at + FALL_XX]! + x * x;
    }
  }

  /** The outlet meter whose share fell by as much as is missing; undefined where none did. */
  suspect(lossM3h: number): SuspectMeter | undefined {
    const total = this.outlets.reduce((sum, { flow }) => sum + flow.last, 0);
    let worst: SuspectMeter | undefined;
    this.outlets.forEach(({ usual, now }, i) => {
      if (usual.count < NOW_MEMORY || now.count === 0) return;
      const deviation = Math.max(usual.deviation, 0.01 * usual.mean);
      const lacksM3h = (usual.mean - now.mean) * total;
      const deviations = (usual.mean - now.mean) / deviation;
      if (deviations > 3 && lacksM3h > 0.4 * Math.abs(lossM3h) && (!worst || lacksM3h > worst.lacksM3h))
        worst = { sensor: this.section.outlets[i]!, lacksM3h, deviations };
    });
    return worst;
  }

  /** Where the pressure sags most, of late; undefined where it does not. Positions are longitude, latitude. */
  sag(): (SagCentre & { readonly at: [number, number]; readonly sensor: Sensor }) | undefined {
    const { pressures } = this.section;
    const origin = pressures[0]?.sensor;
    if (!origin) return undefined;
    const perLon = metresBetween([origin.lon, origin.lat], [origin.lon + 0.01, origin.lat]) * 100;
    const perLat = metresBetween([origin.lon, origin.lat], [origin.lon, origin.lat + 0.01]) * 100;
    const centre = sagCentre(
      pressures.map(({ sensor }, i) => {
        const { at, usual } = this.pressures[i]!;
        const noise = Math.max(usual.deviation, 1e-4);
        const sag = this.state[at + SAG]! - usual.mean;
        return { x: (sensor.lon - origin.lon) * perLon, y: (sensor.lat - origin.lat) * perLat, sag, noise };
      }),
    );
    if (!centre) return undefined;
    const at: [number, number] = [origin.lon + centre.x / perLon, origin.lat + centre.y / perLat];
    return { ...centre, at, sensor: pressures[centre.deepest]!.sensor };
  }
}
