import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import { outletState, REGULATOR_LIMITS, swingOf, type OutletState, type Swing } from '../physics/regulator.js';

const SMOOTH_MS = 30_000;
const FLOW_SMOOTH_MS = 120_000;
/** Samples of the outlet for its swing, and how often it is looked for. */
const KEPT = 90;
const LOOK_MS = 60_000;
/** A swing of this share of the set pressure, this regular, over at least so many periods, is hunting [P]. */
const HUNTS = { share: 0.04, regularity: 0.6, periods: 3 } as const;
/** Under this inlet pressure it is the supply that fails, MPa [P] (low-low limit of medium pressure). */
const SUPPLY_MPA = 0.05;
/** A set pressure that is not entered: the usual of household districts, kPa [P]. */
const USUAL_SET_KPA = 2.5;

const OUTLET = 0;
const OUTLET_MS = 1;
const FLOW = 2;
const FLOW_MS = 3;
const INLET = 4;
const KEPT_COUNT = 5;
const KEPT_MS = 6;
const LOOKED_MS = 7;
const AMPLITUDE = 8;
const PERIOD = 9;
const REGULARITY = 10;
const FIELDS = 11;

interface Test {
  readonly test: string;
  readonly onDelayMs: number;
  readonly offDelayMs: number;
  readonly gravityOf: Partial<Record<OutletState, Gravity>>;
}

/** Times: creep after 5 min (domain 1.2 [P]); the others' ours [P]. */
const TESTS: readonly Test[] = [
  { test: 'outlet-low', onDelayMs: 45_000, offDelayMs: 120_000, gravityOf: { low: 2, 'cut-off': 3 } },
  { test: 'outlet-high', onDelayMs: 30_000, offDelayMs: 120_000, gravityOf: { high: 3, 'over-pressure': 4 } },
  {
    test: 'creep',
    onDelayMs: REGULATOR_LIMITS.creepForS * 1000,
    offDelayMs: 600_000,
    gravityOf: { creep: 2 },
  },
  { test: 'lock-up', onDelayMs: 1_800_000, offDelayMs: 600_000, gravityOf: { 'lock-up-high': 1 } },
];

export interface RegulatorPlace {
  readonly regulator: Asset;
  readonly outlet: Sensor;
  readonly flow: Sensor | undefined;
  readonly inlet: Sensor | undefined;
}

/** One district regulator: outlet low or high, creeping up at night, closing too high, swinging. */
export class RegulatorWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly at: number;
  private readonly kept: number;
  private readonly gates: FindingSwitch[];
  private readonly hunting: FindingSwitch;
  private readonly setKpa: number;
  private readonly ratedM3h: number;
  private readonly samples = new Float64Array(KEPT);

  constructor(private readonly place: RegulatorPlace) {
    const { regulator, outlet, flow, inlet } = place;
    this.watchId = `gas/regulator/${regulator.assetId}/${outlet.channel}`;
    const book = new StateBook();
    this.at = book.take(FIELDS);
    this.kept = book.take(KEPT);
    const gates = TESTS.map(() => book.take(FindingSwitch.FIELDS));
    const hunting = book.take(FindingSwitch.FIELDS);
    this.state = book.make();
    this.gates = gates.map((at, i) => new FindingSwitch(this.state, at, TESTS[i]!));
    this.hunting = new FindingSwitch(this.state, hunting, { onDelayMs: 120_000, offDelayMs: 600_000 });
    this.sensorNos = [outlet, flow, inlet].flatMap((sensor) => (sensor ? [sensor.sensorNo] : []));
    this.setKpa = positive(regulator, 'outletSetKpa') ?? USUAL_SET_KPA;
    this.ratedM3h = positive(regulator, 'ratedM3h') ?? NaN;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const { state, at, place } = this;
    if (sensorNo === place.outlet.sensorNo) {
      this.smooth(OUTLET, OUTLET_MS, SMOOTH_MS, atMs, value);
      this.keep(atMs, value);
      this.judge(atMs, value, out);
      if (atMs - state[at + LOOKED_MS]! >= LOOK_MS) this.look(atMs, value, out);
    } else if (sensorNo === place.flow?.sensorNo) this.smooth(FLOW, FLOW_MS, FLOW_SMOOTH_MS, atMs, value);
    else state[at + INLET] = value;
  }

  tick(): void {}

  private smooth(field: number, fieldMs: number, overMs: number, atMs: number, value: number): void {
    const { state, at } = this;
    const apartMs = atMs - state[at + fieldMs]!;
    if (state[at + fieldMs] === 0 || apartMs > 10 * overMs) state[at + field] = value;
    else state[at + field] = state[at + field]! + (1 - Math.exp(-apartMs / overMs)) * (value - state[at + field]!);
    state[at + fieldMs] = atMs;
  }

  /** Samples for the swing, as evenly as the sensor sends them; a gap begins anew. */
  private keep(atMs: number, value: number): void {
    const { state, at } = this;
    const apartMs = atMs - state[at + KEPT_MS]!;
    if (apartMs > 3.5 * this.place.outlet.intervalS * 1000) state[at + KEPT_COUNT] = 0;
    state[this.kept + (state[at + KEPT_COUNT]! % KEPT)] = value;
    state[at + KEPT_COUNT] = state[at + KEPT_COUNT]! + 1;
    state[at + KEPT_MS] = atMs;
  }

  private get flowShare(): number {
    const { state, at } = this;
    return state[at + FLOW_MS] === 0 ? NaN : state[at + FLOW]! / this.ratedM3h;
  }

  private judge(atMs: number, value: number, out: Finding[]): void {
    const mean = this.state[this.at + OUTLET]!;
    const now = outletState(mean, this.setKpa, this.flowShare);
    for (let i = 0; i < TESTS.length; i++) {
      const gate = this.gates[i]!;
      const gravity = TESTS[i]!.gravityOf[now] ?? 0;
      const move = gate.judge(gravity, atMs, this.place.outlet.sensorNo);
      if (!move) continue;
      const ends = move === 'end';
      out.push({
        ...{ rule: 'physics', test: TESTS[i]!.test, change: move, sensorNo: gate.carrier },
        ...{ priority: priorityOf(gate.open), atMs: gate.atMs, value },
        reason: ends ? this.rest() : this.sentence(now, mean),
        evidence: ends ? null : this.evidence(TESTS[i]!.test, value, []),
      });
    }
  }

  private look(atMs: number, value: number, out: Finding[]): void {
    const { state, at, hunting } = this;
    state[at + LOOKED_MS] = atMs;
    const count = state[at + KEPT_COUNT]!;
    if (count < KEPT) return;
    for (let i = 0; i < KEPT; i++) this.samples[i] = state[this.kept + ((count + i) % KEPT)]!;
    const stepS = this.place.outlet.intervalS;
    const swing = swingOf(this.samples, stepS);
    if (!swing) return;
    [state[at + AMPLITUDE], state[at + PERIOD], state[at + REGULARITY]] = [
      swing.amplitude,
      swing.periodS,
      swing.regularity,
    ];
    const hunts =
      swing.amplitude > HUNTS.share * this.setKpa &&
      swing.regularity > HUNTS.regularity &&
      swing.periodS * HUNTS.periods <= KEPT * stepS;
    const move = hunting.judge(hunts ? 2 : 0, atMs, this.place.outlet.sensorNo);
    if (!move) return;
    out.push({
      ...{ rule: 'physics', test: 'hunting', change: move, sensorNo: hunting.carrier },
      ...{ priority: priorityOf(hunting.open), atMs: hunting.atMs, value },
      reason: move === 'end' ? this.rest() : this.swings(swing),
      evidence:
        move === 'end'
          ? null
          : this.evidence('hunting', value, [
              { name: { en: 'swing', zh: '波动幅值' }, value: swing.amplitude, unit: 'kPa' },
              { name: { en: 'period', zh: '周期' }, value: swing.periodS, unit: 's' },
            ]),
    });
  }

  private swings({ amplitude, periodS }: Swing): Words {
    const { name, nameZh } = this.place.regulator;
    return {
      en: `The outlet of ${name} swings by ±${amplitude.toFixed(2)} kPa every ${Math.round(periodS)} s: the regulator hunts; check its pilot and damping`,
      zh: `${nameZh}出口压力以${Math.round(periodS)} s为周期波动±${amplitude.toFixed(2)} kPa:调压器喘振,检查指挥器与阻尼`,
    };
  }

  private rest(): Words {
    const { name, nameZh } = this.place.regulator;
    return { en: `The outlet of ${name} is ordinary again`, zh: `${nameZh}出口压力恢复正常` };
  }

  private sentence(now: OutletState, mean: number): Words {
    const { regulator, inlet } = this.place;
    const kpa = mean.toFixed(2);
    const set = this.setKpa.toFixed(1);
    const starved = inlet && this.state[this.at + INLET]! < SUPPLY_MPA;
    const en = starved ? 'its inlet has no pressure either: the supply fails' : SAYS[now].en;
    const zh = starved ? '进口亦无压力,上游供气中断' : SAYS[now].zh;
    return {
      en: `The outlet of ${regulator.name} is at ${kpa} kPa, set to ${set}: ${en}`,
      zh: `${regulator.nameZh}出口压力${kpa} kPa(设定${set}):${zh}`,
    };
  }

  private evidence(test: string, value: number, more: Evidence['figures']): Evidence {
    const { outlet, flow, inlet } = this.place;
    const share = this.flowShare;
    return {
      test,
      expected: {
        value: this.setKpa,
        low: REGULATOR_LIMITS.low * this.setKpa,
        high: REGULATOR_LIMITS.high * this.setKpa,
      },
      residual: null,
      carriers: [
        { sensorId: outlet.sensorId, share: 1, value, expected: this.setKpa },
        ...(flow && Number.isFinite(share)
          ? [{ sensorId: flow.sensorId, share: 0, value: this.state[this.at + FLOW]!, expected: null }]
          : []),
      ],
      confidence: 0.6 + (flow ? 0.2 : 0) + (inlet ? 0.1 : 0),
      location: null,
      figures: [
        ...(Number.isFinite(share)
          ? [{ name: { en: 'flow, share of the rated', zh: '流量占额定' }, value: share * 100, unit: '%' }]
          : []),
        ...more,
      ],
    };
  }
}

function positive(asset: Asset, property: string): number | undefined {
  const value = asset.properties[property];
  return typeof value === 'number' && value > 0 ? value : undefined;
}

const SAYS: Readonly<Record<OutletState, Words>> = {
  ordinary: { en: 'ordinary', zh: '正常' },
  low: { en: 'it no longer holds its pressure', zh: '调压器供压不足' },
  'cut-off': {
    en: 'it has shut, or its diaphragm is torn; its users are without gas',
    zh: '调压器切断或膜片破裂,用户断气',
  },
  'lock-up-high': {
    en: 'with hardly any flow it closes too high; its seat wears',
    zh: '小流量下关闭压力偏高,阀口磨损',
  },
  creep: { en: 'with hardly any flow it creeps up; its seat leaks', zh: '小流量下出口压力爬升,阀口内漏' },
  high: { en: 'it has failed open', zh: '调压器失效,出口超压' },
  'over-pressure': { en: 'over-pressure; the slam-shut must have closed by now', zh: '出口超压,超压切断应已动作' },
};
