import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, FrameWatch, told, type Frame, type Judged } from '@lifeline/lifeline-kit';
import { TapSteps } from './tap-steps.js';
import { WEEK_WINDOWS, WeekShare } from './week-share.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** 5 % of a week's ten-minute values may lie outside. */
const OUTSIDE_ALLOWED = Math.floor(0.05 * WEEK_WINDOWS);
const NOMINAL_KV = 10;
/** A tap is at least 1.25 %; less than this share of nominal is the load's doing [P]. */
const TAP_SHARE = 0.008;
/** A runaway: this share of nominal in one direction within half an hour, by two steps or more [P]. */
const RUNAWAY_SHARE = 0.036;
/** Hunting: this many steps in an hour, most of them back and forth [P]. */
const HUNTING_STEPS = 8;

/** What each quantity is called in a sentence. */
const NAMES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  U_10: { en: 'Bus voltage', zh: '母线电压' },
  U_LV: { en: 'Supply voltage', zh: '供电电压' },
  UNB: { en: 'Voltage imbalance', zh: '三相电压不平衡度' },
  FREQ: { en: 'Frequency', zh: '频率' },
};

/** The quality of one supply: its band over a week; of a 10 kV bus also what its tap changer does. */
export class SupplyWatch extends FrameWatch {
  private readonly week: WeekShare;
  private readonly quality: FindingLife;
  private readonly tap: FindingLife;
  private readonly steps: TapSteps;
  private readonly low: number;
  private readonly high: number;

  /** @param band what must hold for 95 % of a week, in the sensor's unit; an end may be infinite */
  constructor(
    watchId: string,
    private readonly asset: Asset,
    private readonly sensor: Sensor,
    band: { readonly low: number; readonly high: number },
  ) {
    super(
      watchId,
      [sensor.sensorNo],
      MINUTE_MS,
      WeekShare.STATE_SIZE + 2 * FindingLife.STATE_SIZE + TapSteps.STATE_SIZE,
    );
    const { own } = this;
    ({ low: this.low, high: this.high } = band);
    this.week = new WeekShare(own.next(WeekShare.STATE_SIZE), band.low, band.high);
    this.quality = new FindingLife(own.next(FindingLife.STATE_SIZE), {
      test: 'week-outside-band',
      onDelayMs: [0],
      offDelayMs: HOUR_MS,
    });
    this.tap = new FindingLife(own.next(FindingLife.STATE_SIZE), {
      test: 'tap-changer',
      onDelayMs: [0],
      offDelayMs: 30 * MINUTE_MS,
    });
    this.steps = new TapSteps(own.next(TapSteps.STATE_SIZE), TAP_SHARE * NOMINAL_KV);
  }

  protected closed(frame: Frame, out: Finding[]): void {
    const value = frame.mean[0]!;
    if (!Number.isFinite(value)) return;
    if (this.week.take(frame.startMs, value)) this.judgeWeek(frame.endMs, value, out);
    if (this.sensor.type === 'U_10') this.judgeTap(frame.endMs, value, out);
  }

  private judgeWeek(atMs: number, value: number, out: Finding[]): void {
    const { outside } = this.week;
    let level = outside > 3 * OUTSIDE_ALLOWED ? 2 : outside > OUTSIDE_ALLOWED ? 1 : 0;
    if (this.quality.level > 0 && outside > 0.8 * OUTSIDE_ALLOWED) level = Math.max(level, 1);
    this.quality.judge(level, atMs, out, (reached) => this.describeWeek(reached, value));
  }

  private describeWeek(level: number, value: number): Judged {
    const { asset, sensor, week, low, high } = this;
    const { unit } = sensor;
    const name = NAMES[sensor.type ?? ''] ?? { en: 'Supply', zh: '供电质量' };
    const percent = (100 * week.outside) / WEEK_WINDOWS;
    const decimals = sensor.type === 'U_LV' ? 0 : 1;
    const band = Number.isFinite(low)
      ? `${told(low, decimals)} … ${told(high, decimals)} ${unit}`
      : `${told(high, decimals)} ${unit}`;
    return {
      sensorNo: sensor.sensorNo,
      value,
      priority: level >= 2 ? 'orange' : 'yellow',
      reason: {
        en: `${name.en} of ${asset.name} was outside ${band} in ${week.outside} ten-minute values of the last seven days, ${told(percent, 1)} % of a week: 5 % are allowed.`,
        zh: `${asset.nameZh}${name.zh}近七日有${week.outside}个10分钟值超出${band},占一周的${told(percent, 1)}%,允许5%。`,
      },
      evidence: evidenceOf({
        test: 'week-outside-band',
        expected: {
          value: Number.isFinite(low) ? (low + high) / 2 : high / 2,
          low: Number.isFinite(low) ? low : 0,
          high,
        },
        carriers: [{ sensorId: sensor.sensorId, share: 1, value }],
        confidence: 0.95,
        figures: [
          { name: { en: 'Outside in seven days', zh: '七日超限个数' }, value: week.outside, unit: '1' },
          { name: { en: 'Measured in seven days', zh: '七日有效个数' }, value: week.measured, unit: '1' },
          { name: { en: 'Share of a week', zh: '占一周比例' }, value: percent, unit: '%' },
        ],
      }),
    };
  }

  private judgeTap(atMs: number, valueKv: number, out: Finding[]): void {
    this.steps.take(atMs, valueKv);
    const half = this.steps.within(atMs, 30 * MINUTE_MS);
    const hour = this.steps.within(atMs, HOUR_MS);
    const runaway = half.count >= 2 && half.turns === 0 && Math.abs(half.net) >= RUNAWAY_SHARE * NOMINAL_KV;
    const hunting = hour.count >= HUNTING_STEPS && hour.turns >= HUNTING_STEPS / 2;
    this.tap.judge(runaway ? 2 : hunting ? 1 : 0, atMs, out, (level) => {
      const { asset, sensor } = this;
      const { count, net } = level >= 2 ? half : hour;
      const percent = (100 * Math.abs(net)) / NOMINAL_KV;
      return {
        sensorNo: sensor.sensorNo,
        value: valueKv,
        priority: level >= 2 ? 'orange' : 'yellow',
        reason:
          level >= 2
            ? {
                en: `Bus voltage of ${asset.name} moved ${told(percent, 1)} % ${net > 0 ? 'up' : 'down'} in ${count} steps within half an hour, now ${told(valueKv, 2)} kV: the tap changer is likely running away, block it.`,
                zh: `${asset.nameZh}母线电压半小时内分${count}级${net > 0 ? '升高' : '降低'}${told(percent, 1)}%,现为${told(valueKv, 2)} kV:有载分接开关可能滑档,请闭锁调压。`,
              }
            : {
                en: `Bus voltage of ${asset.name} stepped up and down ${count} times within an hour: the tap changer is hunting, check its regulator.`,
                zh: `${asset.nameZh}母线电压一小时内上下阶跃${count}次:有载分接开关频繁动作,请检查调压控制器。`,
              },
        evidence: evidenceOf({
          test: 'tap-changer',
          carriers: [{ sensorId: sensor.sensorId, share: 1, value: valueKv }],
          confidence: 0.85,
          figures: [
            { name: { en: 'Steps', zh: '阶跃次数' }, value: count, unit: '1' },
            { name: { en: 'Change in all', zh: '累计变化' }, value: (100 * net) / NOMINAL_KV, unit: '%' },
          ],
        }),
      };
    });
  }
}
