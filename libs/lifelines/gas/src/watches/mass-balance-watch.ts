import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, SlowMean, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import { packedM3 } from '../physics/line-pack.js';
import { lossKind, type LossKind } from '../physics/loss-kind.js';
import { balanceLimit, BALANCE_WINDOWS, meterUncertainty, missingShare, SLOT_MS } from '../physics/mass-balance.js';
import { evidenceOfBalance, sentenceOfBalance, sentenceOfRest, type BalanceState } from './mass-balance-words.js';
import { RatioFit } from './ratio-fit.js';
import { SectionMeters } from './section-meters.js';
import type { SupplySection } from './supply-section.js';

const DAY_SLOTS = 144;
/** A slot is judged so long after its end, for what arrives late. */
const GRACE_MS = 120_000;
/** What the learned ratios remember: a week. */
const RATIO_MEMORY = 7 * DAY_SLOTS;
/** Slots that must have taught the ratio before a window is judged, as the windows are listed. */
const LEARN_FIRST = [12, 36, 3 * DAY_SLOTS];
/** A quiet night counts as this share of the mean inflow at least. */
const LEAST_SHARE = 0.3;
/** Two windows in a row (domain 1.5). */
const IN_A_ROW = 2;
/** A window must be further off than it ever was, by this; what it ever was fades by half in two days. */
const BEYOND_SEEN = 1.4;
const SEEN_FADES = 0.5 ** (1 / (2 * DAY_SLOTS));
/** Before so many slots the ratios are still being found: what is off then says nothing of later. */
const SEEN_FROM = 72;
/**
 * It grows slowly, so that a loss which begins does not widen the limit before it is told; a slot. What is summed over a day moves
 * by little from slot to slot whatever happens: it is let grow as much less.
 */
const SEEN_GROWS = 0.02;
const SEEN_STEP = 0.001;
const SEEN_SLOTS = 6;
const NEARLY = 0.7;
/** What is told stays told over this share of the limit, however the line pack moves meanwhile. */
const HOLDS = 0.6;
/** Three hours say whether a loss goes on. */
const RECENT_SLOTS = 18;
/** Less than this is not looked for within an hour, m3/h: what leaves a hole of 3 mm [P]. */
const LEAST_LOSS_M3H = 25;
/** Error of the packing term, as a share of it [P]: it decides the threshold (domain 1.5). */
const PACK_ERROR = 0.4;
const GRAVE_LOSS_M3H = 400;
const GRAVE_SHARE = 0.2;

const SLOT = 0;
const LEARNED = 1;
const KIND_TOLD = 2;
const BEGAN_SLOT = 3;
/** Of the loss since it began: count, Σ drawn, Σ loss, Σ drawn², Σ drawn × loss, Σ loss². */
const LOSS = 4;
const LOSS_FIELDS = 6;
const FIELDS = LOSS + LOSS_FIELDS;

/** What a loss may turn out to be; the position is what the state keeps. */
const KINDS = ['unclear', 'constant', 'follows-demand', 'meter'];

/** In, out and packed of one slot, m3; NaN where it is not known. */
const RING_FIELDS = 3;

/**
 * Counts the gas of what one gate station feeds: what comes in, less what its regulators' meters let out, less what the pipes
 * take up, over ten minutes, an hour and a day. The meters' ratio and the pipes' volume are learned; what is missing beyond it leaks, is taken, or is a
 * meter's error, and how it follows demand tells which.
 */
export class MassBalanceWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly meters: SectionMeters;
  private readonly at: number;
  private readonly ring: number;
  private readonly counts: number;
  private readonly seen: number;
  private readonly spreads: SlowMean[];
  private readonly usualIn: SlowMean;
  private readonly ratios: RatioFit;
  private readonly gate: FindingSwitch;

  constructor(private readonly section: SupplySection) {
    this.watchId = `gas/mass-balance/${section.gate.assetId}`;
    const book = new StateBook();
    const meters = book.take(SectionMeters.fieldsOf(section));
    this.at = book.take(FIELDS);
    this.ring = book.take(DAY_SLOTS * RING_FIELDS);
    this.counts = book.take(BALANCE_WINDOWS.length);
    this.seen = book.take(BALANCE_WINDOWS.length);
    const spreads = BALANCE_WINDOWS.map(() => book.take(SlowMean.FIELDS));
    const usualIn = book.take(SlowMean.FIELDS);
    const ratios = book.take(RatioFit.FIELDS);
    const gate = book.take(FindingSwitch.FIELDS);
    this.state = book.make();
    this.meters = new SectionMeters(section, this.state, meters);
    this.spreads = spreads.map(
      (at, i) => new SlowMean(this.state, at, Math.max(DAY_SLOTS, 2 * BALANCE_WINDOWS[i]!.slots)),
    );
    this.usualIn = new SlowMean(this.state, usualIn, RATIO_MEMORY);
    this.ratios = new RatioFit(this.state, ratios, RATIO_MEMORY);
    this.gate = new FindingSwitch(this.state, gate, { onDelayMs: 0, offDelayMs: 2 * SLOT_MS });
    this.sensorNos = this.meters.sensorNos;
    this.state.fill(NaN, this.ring, this.ring + DAY_SLOTS * RING_FIELDS);
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    this.meters.take(sensorNo, atMs, value);
    this.advance(atMs, out);
  }

  tick(nowMs: number, out: Finding[]): void {
    // A clock that is ahead of all readings (or a replay behind it) must not close slots whose readings are still to come.
    this.advance(Math.min(nowMs, this.meters.newestMs + 2 * SLOT_MS), out);
  }

  private advance(nowMs: number, out: Finding[]): void {
    const { state, at } = this;
    const finished = Math.floor((nowMs - GRACE_MS) / SLOT_MS) - 1;
    if (state[at + SLOT] === 0) state[at + SLOT] = finished;
    while (state[at + SLOT]! < finished) {
      // A long silence is passed over at once: its slots are not known.
      const slot = Math.max(state[at + SLOT]! + 1, finished - DAY_SLOTS);
      state[at + SLOT] = slot;
      this.close(slot, out);
    }
  }

  private close(slot: number, out: Finding[]): void {
    const { state } = this;
    const found = this.meters.balanceOf(slot, this.gate.open === 0);
    const place = this.ring + (slot % DAY_SLOTS) * RING_FIELDS;
    state[place] = found ? found.inM3 : NaN;
    state[place + 1] = found ? found.outM3 : NaN;
    state[place + 2] = found ? packedM3(found.packVolumeM3, found.pressureRiseMpa) : NaN;
    if (!found) return;
    const worst = this.judge(slot);
    if (worst.settled && this.gate.open === 0) this.learn(place);
    this.tell(worst.state, (slot + 1) * SLOT_MS, out);
  }

  /** Sums of the window of so many slots that ends with one; undefined where under four fifths of it are known. */
  private window(slot: number, slots: number): { inM3: number; outM3: number; packedM3: number } | undefined {
    let known = 0;
    const sums = { inM3: 0, outM3: 0, packedM3: 0 };
    for (let back = 0; back < slots; back++) {
      const place = this.ring + ((slot - back + DAY_SLOTS) % DAY_SLOTS) * RING_FIELDS;
      const inM3 = this.state[place]!;
      if (Number.isNaN(inM3)) continue;
      known++;
      sums.inM3 += inM3;
      sums.outM3 += this.state[place + 1]!;
      sums.packedM3 += this.state[place + 2]!;
    }
    return known >= 0.8 * slots ? sums : undefined;
  }

  private judge(slot: number): { readonly state: BalanceState | undefined; readonly settled: boolean } {
    const { state, at } = this;
    const { meters, pack } = this.ratios.fit();
    let settled = true;
    let worst: BalanceState | undefined;
    BALANCE_WINDOWS.forEach((window, i) => {
      const sums = this.window(slot, window.slots);
      if (!sums) return;
      const spread = this.spreads[i]!;
      const leastIn = LEAST_SHARE * this.usualIn.mean * window.slots;
      const share = missingShare(sums.inM3, meters * sums.outM3, pack * sums.packedM3, leastIn);
      const uncertainty = meterUncertainty(0.015, 0.015, this.section.outlets.length);
      const seen = this.seen + i;
      const usual = balanceLimit(window, spread.deviation, uncertainty, state[at + LEARNED]!);
      const hours = (window.slots * SLOT_MS) / 3_600_000;
      const base = Math.max(sums.inM3, leastIn);
      const least = window.name === 'day' || base === 0 ? 0 : (LEAST_LOSS_M3H * hours) / base;
      // The line pack is an estimate from few points: what it moves by may be off by a share of that.
      const packing = base === 0 ? 0 : (PACK_ERROR * Math.abs(pack * sums.packedM3)) / base;
      const firm = Math.max(usual, BEYOND_SEEN * state[seen]!, least);
      const limit = firm + packing;
      const off = share - spread.mean;
      const learned = state[at + LEARNED]! >= LEARN_FIRST[i]!;
      const count = this.counts + i;
      state[count] =
        learned && Math.abs(off) > (this.gate.open > 0 ? HOLDS * firm : limit)
          ? Math.min(IN_A_ROW, state[count]! + 1)
          : 0;
      const over = window.name === 'day' && this.isOver(slot, off, meters, pack);
      if (state[count] === IN_A_ROW && !over && (!worst || Math.abs(off) / limit > worst.rank))
        worst = {
          window: window.name,
          rank: Math.abs(off) / limit,
          share: off,
          limit,
          deviation: spread.deviation,
          lossM3h: (off * base) / hours,
          inM3h: sums.inM3 / hours,
          expectedM3h: (meters * sums.outM3 + pack * sums.packedM3) / hours,
          limitM3h: (limit * base) / hours,
          learnedSlots: state[at + LEARNED]!,
          suspect: undefined,
          kind: { kind: 'unclear', constantShare: 0.5 },
        };
      if (this.gate.open > 0) return;
      // What is nearly too much teaches nothing, or a loss that begins would be learned before it is told.
      if (learned && Math.abs(off) > NEARLY * limit) settled = false;
      else if (settled) spread.take(share);
      if (state[at + LEARNED]! < SEEN_FROM || Math.abs(off) > limit) return;
      const pace = Math.min(1, SEEN_SLOTS / window.slots);
      const most = state[seen]! + pace * (SEEN_GROWS * state[seen]! + SEEN_STEP);
      state[seen] = Math.max(SEEN_FADES * state[seen]!, Math.min(most, Math.abs(off)));
    });
    return { state: worst, settled };
  }

  /**
   * A day that holds a loss long over still misses it: the last hours must not say that it is. They do where they miss less than half of
   * it, and less by twice what such hours stray.
   */
  private isOver(slot: number, dayOff: number, meters: number, pack: number): boolean {
    const sums = this.window(slot, RECENT_SLOTS);
    if (!sums) return this.gate.open === 0;
    const hour = this.spreads[1]!;
    const leastIn = LEAST_SHARE * this.usualIn.mean * RECENT_SLOTS;
    const recent = missingShare(sums.inM3, meters * sums.outM3, pack * sums.packedM3, leastIn) - hour.mean;
    const strays = hour.deviation / Math.sqrt(RECENT_SLOTS / BALANCE_WINDOWS[1]!.slots);
    const left = recent * Math.sign(dayOff);
    return left < 0.5 * Math.abs(dayOff) && Math.abs(dayOff) - left > 2 * strays;
  }

  private learn(place: number): void {
    const { state, at } = this;
    state[at + LEARNED] = Math.min(RATIO_MEMORY, state[at + LEARNED]! + 1);
    this.ratios.take(state[place]!, state[place + 1]!, state[place + 2]!);
    this.usualIn.take(state[place]!);
  }

  private tell(now: BalanceState | undefined, atMs: number, out: Finding[]): void {
    const { state, at } = this;
    const carrier = this.section.inlets[0]!.sensorNo;
    const gravity = now ? gravityOf(now) : 0;
    let move = this.gate.judge(gravity, atMs, carrier);
    if (move === 'begin') {
      state.fill(0, at + KIND_TOLD, at + FIELDS);
      state[at + BEGAN_SLOT] = state[at + SLOT]!;
    }
    if (move === 'end') this.forgetLoss();
    const kind = this.gate.open > 0 ? this.follow(now) : undefined;
    const told = now && { ...now, kind: kind ?? now.kind, suspect: this.meters.suspect(now.lossM3h) };
    // What kind of loss it is shows later than the loss itself: told anew when it is first known, and where it turns out another.
    const known = told ? KINDS.indexOf(told.suspect ? 'meter' : told.kind.kind) : 0;
    if (!move && known > 0 && state[at + KIND_TOLD] !== known) move = 'worsen';
    if (!move) return;
    if (known > 0) state[at + KIND_TOLD] = known;
    const { section } = this;
    const ends = move === 'end' || !told;
    out.push({
      rule: 'physics',
      test: 'mass-balance',
      change: move,
      sensorNo: this.gate.carrier,
      priority: priorityOf(this.gate.open),
      atMs: move === 'worsen' ? Math.max(atMs, this.gate.atMs) : this.gate.atMs,
      value: this.meters.inletM3h,
      reason: ends ? sentenceOfRest(section) : sentenceOfBalance(section, told),
      evidence: ends ? null : evidenceOfBalance(section, told, this.meters),
    });
  }

  /** What was missing while it was told is not missing from the days to come. */
  private forgetLoss(): void {
    const { state, at } = this;
    const last = state[at + SLOT]!;
    for (let slot = Math.max(state[at + BEGAN_SLOT]!, last - DAY_SLOTS + 1); slot <= last; slot++)
      state[this.ring + (slot % DAY_SLOTS) * RING_FIELDS] = NaN;
  }

  /** Adds the newest slot to the loss since it began, and tells what the loss does as demand changes. */
  private follow(now: BalanceState | undefined): LossKind | undefined {
    const { state, at } = this;
    const place = this.ring + (state[at + SLOT]! % DAY_SLOTS) * RING_FIELDS;
    const perHour = 3_600_000 / SLOT_MS;
    const { meters, pack } = this.ratios.fit();
    const drawn = meters * state[place + 1]! * perHour;
    const loss = state[place]! * perHour - drawn - pack * state[place + 2]! * perHour;
    if (!now || now.lossM3h < 0 || Number.isNaN(loss)) return undefined;
    const sums = at + LOSS;
    const products = [1, drawn, loss, drawn * drawn, drawn * loss, loss * loss];
    products.forEach((product, i) => {
      state[sums + i] = state[sums + i]! + product;
    });
    const [count, drawnSum, lossSum, drawn2, both, loss2] = state.subarray(sums, sums + LOSS_FIELDS);
    return lossKind({ count: count!, drawn: drawnSum!, loss: lossSum!, drawn2: drawn2!, both: both!, loss2: loss2! });
  }
}

function gravityOf({ lossM3h, share }: BalanceState): Gravity {
  // More going out than coming in is a meter's error: nobody is in danger.
  if (lossM3h < 0) return 1;
  return lossM3h >= GRAVE_LOSS_M3H || share >= GRAVE_SHARE ? 3 : 2;
}
