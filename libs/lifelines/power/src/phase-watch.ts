import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, FrameWatch, Spread, told, type Frame, type Judged } from '@lifeline/lifeline-kit';
import { imbalancePercent, lostPhase } from './phases.js';

const MINUTE_MS = 60_000;
const PHASES = ['A', 'B', 'C'];
/** Uneven by less is no finding, % of the mean: current by utility practice [P], voltage by GB/T 15543 (2 %, short time 4 %) [M]. */
const UNEVEN = { current: [25, 50], voltage: [2, 4] } as const;
/** Currents under this share of the rated one are too small to be uneven [P], and to lose a phase. */
const LEAST_SHARE = 0.1;
const LOST_LEAST_SHARE = 0.05;
/** How long the usual imbalance is remembered, and needed. */
const MEMORY_MS = 7 * 24 * 60 * MINUTE_MS;
const READY_MS = 12 * 60 * MINUTE_MS;

export interface PhaseSensors {
  readonly quantity: 'current' | 'voltage';
  /** Phases A, B, C. */
  readonly phases: readonly [Sensor, Sensor, Sensor];
  /** Rated current or nominal voltage in the sensors' unit; null where nobody said. */
  readonly rated: number | null;
}

/** Three phases of one device: a lost phase, and imbalance beyond limit and habit. */
export class PhaseWatch extends FrameWatch {
  private readonly lost: FindingLife;
  private readonly uneven: FindingLife;
  private readonly usual: Float64Array;
  private readonly spread: Spread;
  private readonly memory: number;

  constructor(
    watchId: string,
    private readonly asset: Asset,
    private readonly sensors: PhaseSensors,
  ) {
    const intervalMs = Math.max(...sensors.phases.map(({ intervalS }) => intervalS)) * 1000;
    super(
      watchId,
      sensors.phases.map(({ sensorNo }) => sensorNo),
      Math.max(MINUTE_MS, intervalMs),
      2 * FindingLife.STATE_SIZE + Spread.STATE_SIZE + 2,
    );
    const { own } = this;
    this.memory = MEMORY_MS / this.frameMs;
    this.lost = new FindingLife(own.next(FindingLife.STATE_SIZE), {
      test: 'lost-phase',
      // Two frames agree.
      onDelayMs: [this.frameMs],
      offDelayMs: 2 * this.frameMs,
    });
    this.uneven = new FindingLife(own.next(FindingLife.STATE_SIZE), {
      test: 'phase-imbalance',
      onDelayMs: [30 * MINUTE_MS],
      offDelayMs: 30 * MINUTE_MS,
    });
    this.spread = new Spread(own.next(Spread.STATE_SIZE), this.memory, sensors.quantity === 'current' ? 1 : 0.1);
    this.usual = own.next(2);
  }

  protected closed(frame: Frame, out: Finding[]): void {
    const { mean } = frame;
    const { sensors, usual, spread, uneven } = this;
    if (!(mean[0]! >= 0 && mean[1]! >= 0 && mean[2]! >= 0)) return;
    const rated = sensors.rated ?? Math.max(sensors.phases[0].range?.high ?? 0, 1) / 10;
    const least = (sensors.quantity === 'voltage' ? 0.5 : LOST_LEAST_SHARE) * rated;
    const lost = lostPhase(mean, least);
    // A level each phase would end and begin anew when it changes; the phase is in the sentence.
    this.lost.judge(lost >= 0 ? 2 : 0, frame.endMs, out, () => this.describeLost(Math.max(0, lost), mean));
    const loaded = (mean[0]! + mean[1]! + mean[2]!) / 3 >= LEAST_SHARE * rated;
    if (!loaded || lost >= 0) {
      uneven.judge(0, frame.endMs, out, () => this.describeLost(0, mean));
      return;
    }
    const percent = imbalancePercent(mean[0]!, mean[1]!, mean[2]!);
    const [high, highest] = UNEVEN[sensors.quantity];
    const bar = Math.max(high, usual[0]! + 5 * spread.deviation);
    let level = 0;
    if (usual[1]! * this.frameMs >= READY_MS && percent > bar) level = percent > Math.max(highest, bar) ? 2 : 1;
    if (uneven.level > 0 && percent > 0.85 * high && percent > usual[0]! + 3 * spread.deviation)
      level = Math.max(level, 1);
    uneven.judge(level, frame.endMs, out, (reached) => this.describeUneven(reached, percent, mean));
    if (uneven.suspects) return;
    usual[1]!++;
    usual[0]! += (percent - usual[0]!) / Math.min(usual[1]!, this.memory);
    spread.learn(percent - usual[0]!);
  }

  private describeLost(phase: number, mean: Float64Array): Judged {
    const { asset, sensors } = this;
    const others = (mean[(phase + 1) % 3]! + mean[(phase + 2) % 3]!) / 2;
    const { unit, sensorNo } = sensors.phases[phase]!;
    const what = sensors.quantity === 'current' ? { en: 'carries', zh: '电流' } : { en: 'has', zh: '电压' };
    return {
      sensorNo,
      value: mean[phase]!,
      priority: 'orange',
      reason: {
        en: `Phase ${PHASES[phase]} of ${asset.name} is lost: it ${what.en} ${told(mean[phase]!)} ${unit} while the others have ${told(others)} ${unit}; a fuse or conductor is likely open.`,
        zh: `${asset.nameZh}${PHASES[phase]}相缺相:${what.zh}${told(mean[phase]!)} ${unit},其余两相${told(others)} ${unit},可能熔断或断线。`,
      },
      evidence: evidenceOf({
        test: 'lost-phase',
        expected: { value: others, low: 0.5 * others, high: 1.5 * others },
        carriers: sensors.phases.map(({ sensorId }, i) => ({
          sensorId,
          share: i === phase ? 0.8 : 0.1,
          value: mean[i]!,
          expected: others,
        })),
        confidence: sensors.rated === null ? 0.8 : 0.95,
        figures: [
          {
            name: { en: 'Imbalance', zh: '不平衡度' },
            value: imbalancePercent(mean[0]!, mean[1]!, mean[2]!),
            unit: '%',
          },
        ],
      }),
    };
  }

  private describeUneven(level: number, percent: number, mean: Float64Array): Judged {
    const { asset, sensors, usual } = this;
    const average = (mean[0]! + mean[1]! + mean[2]!) / 3;
    const away = [...mean].slice(0, 3).map((value) => Math.abs(value - average));
    const worst = away.indexOf(Math.max(...away));
    const { unit, sensorNo } = sensors.phases[worst]!;
    const heavy = mean[worst]! > average;
    return {
      sensorNo,
      value: mean[worst]!,
      priority: level >= 2 ? 'orange' : 'yellow',
      reason: {
        en: `The phases of ${asset.name} are uneven by ${told(percent)} % for half an hour (usual ${told(usual[0]!)} %): phase ${PHASES[worst]} has ${told(mean[worst]!)} ${unit}, ${heavy ? 'more' : 'less'} than the mean of ${told(average)} ${unit}; redistribute single-phase loads.`,
        zh: `${asset.nameZh}三相不平衡度${told(percent)}%已持续半小时(平时${told(usual[0]!)}%):${PHASES[worst]}相${told(mean[worst]!)} ${unit},${heavy ? '高于' : '低于'}平均值${told(average)} ${unit},请调整单相负荷。`,
      },
      evidence: evidenceOf({
        test: 'phase-imbalance',
        expected: { value: average, low: 0.85 * average, high: 1.15 * average },
        residual: (percent - usual[0]!) / this.spread.deviation,
        carriers: sensors.phases.map(({ sensorId }, i) => ({
          sensorId,
          share: away[i]!,
          value: mean[i]!,
          expected: average,
        })),
        confidence: sensors.rated === null ? 0.7 : 0.9,
        figures: [
          { name: { en: 'Imbalance', zh: '不平衡度' }, value: percent, unit: '%' },
          { name: { en: 'Usual imbalance', zh: '平时不平衡度' }, value: usual[0]!, unit: '%' },
        ],
      }),
    };
  }
}
