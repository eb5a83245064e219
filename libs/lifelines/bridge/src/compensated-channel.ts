import type { Asset, Sensor } from '@lifeline/contracts';
import { FindingLife, Regression, Spread } from '@lifeline/lifeline-kit';

/** Windows of ten minutes: the structure's statistic (domain 3.1). */
export const WINDOW_MS = 600_000;
const DAY_WINDOWS = 144;
/** What was learned belongs to about two months: seasons are followed. A year, as the domain asks, would be better still. */
const MEMORY = 60 * DAY_WINDOWS;
/** Before so many windows, over so many kelvin, there is no finding [P]. */
const READY_WINDOWS = 2 * DAY_WINDOWS;
const READY_SPAN_K = 5;
const DEVIATIONS = 5;
/** Temperatures never met widen the bar: by its own size each so many kelvin. */
const UNKNOWN_K = 5;
/** Residuals of about half an hour, or of two hours, together say what is left; so long they hold. */
const LEFT_SHARES = [0.4, 0.12] as const;
const LEFT_HOLDS_MS = 2 * 3_600_000;

/** What a kind of channel is called, how far from the usual it may be, and which way is bad. */
interface Kind {
  readonly test: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly pointsTo: { readonly en: string; readonly zh: string };
  /** Bars of the levels 1 to 3 in the sensor's unit. */
  readonly bars: (asset: Asset, base: number) => readonly [number, number, number];
  readonly onlyDrop?: boolean;
  readonly relative?: boolean;
  /** Deviations of the prior: offset, per 10 K, per 10 K of the slow temperature, per unit of traffic. */
  readonly prior: readonly [number, number, number, number];
  readonly floor: number;
}

const designOf = (asset: Asset, name: string, otherwise: number): number => {
  const value = asset.properties[name];
  return typeof value === 'number' && value > 0 ? value : otherwise;
};

/** By type of the catalogue. Bars: domain 3.1; those of strain and deflection are shares of the design value [P]. */
export const KINDS: Readonly<Record<string, Kind>> = {
  STRN: {
    test: 'strain-residual',
    name: { en: 'Strain', zh: '应变' },
    pointsTo: { en: 'the load path has likely changed', zh: '受力状态可能改变' },
    bars: (asset) => {
      const design = designOf(asset, 'designStrain', 180);
      return [0.1 * design, 0.2 * design, 0.5 * design];
    },
    prior: [100, 30, 30, 50],
    floor: 1,
  },
  DEFL: {
    test: 'deflection-residual',
    name: { en: 'Deflection', zh: '挠度' },
    pointsTo: { en: 'the span sags beyond what temperature and traffic explain', zh: '下挠超出温度与车流影响' },
    bars: (asset) => {
      const design = designOf(asset, 'designDeflectionMm', 60);
      return [0.1 * design, 0.2 * design, 0.5 * design];
    },
    prior: [50, 10, 10, 50],
    floor: 0.3,
  },
  TILT: {
    test: 'pier-tilt',
    name: { en: 'Tilt', zh: '倾斜' },
    pointsTo: { en: 'the pier is likely settling or was moved', zh: '桥墩可能沉降或移位' },
    bars: () => [0.05, 0.1, 0.2],
    prior: [0.5, 0.02, 0.02, 1e-4],
    floor: 0.003,
  },
  BRGD: {
    test: 'bearing-displacement',
    name: { en: 'Bearing displacement', zh: '支座位移' },
    pointsTo: { en: 'the bearing is likely jammed or shifted', zh: '支座可能卡死或移位' },
    bars: () => [3, 6, 12],
    prior: [50, 10, 10, 1e-3],
    floor: 0.3,
  },
  EXPJ: {
    test: 'joint-displacement',
    name: { en: 'Expansion joint', zh: '伸缩缝' },
    pointsTo: { en: 'the joint is likely blocked', zh: '伸缩缝可能卡阻' },
    bars: () => [5, 10, 20],
    prior: [200, 15, 15, 1e-3],
    floor: 0.5,
  },
  CBLF: {
    test: 'cable-force',
    name: { en: 'Force', zh: '索力' },
    pointsTo: { en: 'the stay slackens or takes over from others', zh: '拉索松弛或相邻索力转移' },
    bars: (_, base) => [0.05 * base, 0.1 * base, 0.15 * base],
    relative: true,
    prior: [5000, 100, 100, 100],
    floor: 4,
  },
  MODF: {
    test: 'modal-frequency',
    name: { en: 'Natural frequency', zh: '自振频率' },
    pointsTo: { en: 'the span has likely lost stiffness', zh: '梁体刚度可能下降' },
    bars: (_, base) => [0.05 * base, 0.1 * base, 0.15 * base],
    onlyDrop: true,
    relative: true,
    prior: [10, 0.3, 0.3, 0.3],
    floor: 0.004,
  },
};

/**
 * One channel with temperature (now, and slow: what the mass of the bridge feels) and traffic regressed out, online and with forgetting:
 * y = b0 + b1 T + b2 T(slow) + b3 traffic + e (domain 3.4); what is judged is e.
 */
export class CompensatedChannel {
  static readonly STATE_SIZE = Regression.stateSize(4) + Spread.STATE_SIZE + FindingLife.STATE_SIZE + 2 + 3 + 3;
  readonly kind: Kind;
  readonly life: FindingLife;
  readonly model: Regression;
  readonly spread: Spread;
  /** Of the window that was taken last; NaN where the channel gave nothing. */
  value = NaN;
  expected = NaN;
  residual = NaN;
  deviation = NaN;
  private readonly seen: Float64Array;
  /** Residual smoothed over half an hour and over hours, and time of the newest window + 1; 0 where none was known. */
  private readonly left: Float64Array;
  /** Sum and count of the window that is being filled. */
  private readonly window: Float64Array;

  constructor(
    state: Float64Array,
    readonly sensor: Sensor,
    readonly place: number,
    private readonly asset: Asset,
  ) {
    this.kind = KINDS[sensor.type!]!;
    let at = 0;
    const next = (size: number): Float64Array => state.subarray(at, (at += size));
    this.model = new Regression(next(Regression.stateSize(4)), {
      prior: this.kind.prior.map((deviation) => ({ mean: 0, deviation })),
      noise: this.kind.floor,
      memory: MEMORY,
    });
    this.spread = new Spread(next(Spread.STATE_SIZE), 7 * DAY_WINDOWS, this.kind.floor);
    this.life = new FindingLife(next(FindingLife.STATE_SIZE), {
      test: `${this.kind.test}-${sensor.channel}`,
      // Three windows.
      onDelayMs: [2 * WINDOW_MS],
      offDelayMs: 6 * WINDOW_MS,
    });
    this.window = next(2);
    // Coldest and warmest met, and whether any was.
    this.seen = next(3);
    this.left = next(3);
  }

  /** Takes the mean of a short frame into the window. */
  add(mean: number): void {
    if (!Number.isFinite(mean)) return;
    this.window[0]! += mean;
    this.window[1]!++;
  }

  /** Closes the window against x = [1, (T − 15)/10, (T slow − 15)/10, traffic]. */
  close(x: Float64Array, endMs: number): void {
    const { window, model, spread, left } = this;
    this.value = window[1]! > 0 ? window[0]! / window[1]! : NaN;
    window.fill(0);
    this.expected = model.predict(x);
    this.residual = this.value - this.expected;
    this.deviation = Math.hypot(spread.deviation, this.kind.floor * model.doubt(x));
    if (!this.ready || !Number.isFinite(this.residual)) return;
    const isNew = endMs - left[2]! > LEFT_HOLDS_MS;
    LEFT_SHARES.forEach((share, i) => (left[i]! += (isNew ? 1 : share) * (this.residual - left[i]!)));
    left[2] = endMs + 1;
  }

  /** What temperature and traffic leave of the last windows; NaN where that is not known. */
  unexplained(atMs: number, overMs: number): number {
    const [quick, slow, knownMs] = this.left;
    if (knownMs === 0 || Math.abs(atMs - knownMs!) > LEFT_HOLDS_MS) return NaN;
    return overMs < LEFT_HOLDS_MS ? quick! : slow!;
  }

  /** True where enough was learned for a finding. */
  get ready(): boolean {
    return this.model.count >= READY_WINDOWS && this.seen[1]! - this.seen[0]! >= READY_SPAN_K;
  }

  /** Level 0 to 3 of the last window at a temperature. */
  level(temperatureC: number): number {
    if (!this.ready || !Number.isFinite(this.residual)) return 0;
    const { kind, residual, deviation, life } = this;
    if (kind.onlyDrop && residual > 0) return 0;
    const unknownK = Math.max(0, this.seen[0]! - temperatureC, temperatureC - this.seen[1]!);
    const stretch = 1 + unknownK / UNKNOWN_K;
    const bars = kind.bars(this.asset, Math.abs(this.model.coefficient(0)));
    let level = 0;
    while (level < 3 && Math.abs(residual) > stretch * Math.max(bars[level]!, DEVIATIONS * deviation)) level++;
    if (life.level > 0 && Math.abs(residual) > 0.7 * bars[0]) level = Math.max(level, 1);
    return level;
  }

  /** Learns the last window; once it knows the usual, by no more than three deviations at once. */
  learn(x: Float64Array, temperatureC: number): void {
    if (!Number.isFinite(this.value)) return;
    const { model, spread, residual, deviation, seen } = this;
    const bound = 3 * deviation;
    const known = model.count >= READY_WINDOWS;
    model.learn(x, known ? this.expected + Math.max(-bound, Math.min(bound, residual)) : this.value);
    if (model.count > DAY_WINDOWS / 6) spread.learn(residual);
    if (seen[2] === 0) seen.fill(temperatureC, 0, 2);
    seen[2] = 1;
    seen[0] = Math.min(seen[0]!, temperatureC);
    seen[1] = Math.max(seen[1]!, temperatureC);
  }

  /** Change a kelvin of the structure makes of it, in its unit. */
  get perKelvin(): number {
    return (this.model.coefficient(1) + this.model.coefficient(2)) / 10;
  }
}
