import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, localTime, told, type Judged } from '@lifeline/lifeline-kit';
import { LoadForecast } from './load-forecast.js';

const MINUTE_MS = 60_000;
const WINDOW_MS = 10 * MINUTE_MS;
/** Heavy 80 % and overload 100 % for two hours (domain 2.1, utility practice [M]). */
const HEAVY_PERCENT = 80;
const OVERLOAD_PERCENT = 100;
/** A window is judged at its end: the first of two hours has ten minutes behind it. */
const TWO_HOURS_MS = 120 * MINUTE_MS - WINDOW_MS;
/** A forecast is told from this probability on [P]. */
const SURE_ENOUGH = 0.8;
const SOON_MS = 60 * MINUTE_MS;

/** The tests of one load: heavy load and overload by ten-minute means, and the forecast of overload. */
export class LoadTests {
  static readonly STATE_SIZE = 3 + 2 * FindingLife.STATE_SIZE + LoadForecast.STATE_SIZE;
  readonly forecast: LoadForecast;
  private readonly window: Float64Array;
  private readonly heavy: FindingLife;
  private readonly ahead: FindingLife;

  constructor(
    state: Float64Array,
    private readonly asset: Asset,
    private readonly sensor: Sensor,
    /** Tells the transformers of a substation apart. */
    private readonly label: { readonly en: string; readonly zh: string },
  ) {
    this.window = state.subarray(0, 3);
    const life = FindingLife.STATE_SIZE;
    this.heavy = new FindingLife(state.subarray(3, 3 + life), {
      test: 'heavy-load',
      onDelayMs: [TWO_HOURS_MS],
      offDelayMs: 30 * MINUTE_MS,
    });
    this.ahead = new FindingLife(state.subarray(3 + life, 3 + 2 * life), {
      test: 'overload-forecast',
      onDelayMs: [0],
      offDelayMs: 60 * MINUTE_MS,
    });
    this.forecast = new LoadForecast(state.subarray(3 + 2 * life));
  }

  /** Takes the mean of a frame that began at `atMs`; true where the forecast was renewed by it. */
  take(atMs: number, loadPercent: number, out: Finding[]): boolean {
    const { window } = this;
    const at = Math.floor(atMs / WINDOW_MS) + 1;
    if (window[0] !== 0 && at > window[0]!) this.judgeHeavy(window[0]! * WINDOW_MS, window[1]! / window[2]!, out);
    if (at !== window[0]) window.fill(0);
    window[0] = at;
    window[1]! += loadPercent;
    window[2]!++;
    const renewed = this.forecast.take(atMs, loadPercent);
    if (renewed) this.judgeAhead(atMs, loadPercent, out);
    return renewed;
  }

  private judgeHeavy(atMs: number, loadPercent: number, out: Finding[]): void {
    const level = loadPercent > OVERLOAD_PERCENT ? 2 : loadPercent >= HEAVY_PERCENT ? 1 : 0;
    this.heavy.judge(level, atMs, out, (reached) => this.describeHeavy(reached, loadPercent));
  }

  private describeHeavy(level: number, loadPercent: number): Judged {
    const over = level >= 2;
    const limit = over ? OVERLOAD_PERCENT : HEAVY_PERCENT;
    const { asset, label, sensor } = this;
    return {
      sensorNo: sensor.sensorNo,
      value: loadPercent,
      priority: over ? 'orange' : 'yellow',
      reason: {
        en: `${asset.name}${label.en} has carried over ${limit} % of its rating for two hours, now ${told(loadPercent)} %: ${over ? 'overloaded, shift load to other feeders' : 'heavily loaded'}.`,
        zh: `${asset.nameZh}${label.zh}负载率连续两小时超过${limit}%,当前${told(loadPercent)}%:${over ? '已过载,请转移负荷' : '重载运行'}。`,
      },
      evidence: evidenceOf({
        test: 'heavy-load',
        carriers: [{ sensorId: sensor.sensorId, share: 1, value: loadPercent }],
        confidence: 0.95,
        figures: [
          { name: { en: 'Mean load, 10 min', zh: '10分钟平均负载率' }, value: loadPercent, unit: '%' },
          { name: { en: 'Limit for two hours', zh: '两小时限值' }, value: limit, unit: '%' },
        ],
      }),
    };
  }

  private judgeAhead(atMs: number, loadPercent: number, out: Finding[]): void {
    const { forecast, ahead } = this;
    const passing = forecast.ready ? forecast.passing(OVERLOAD_PERCENT) : null;
    let level = 0;
    if (loadPercent >= OVERLOAD_PERCENT) level = ahead.level;
    else if (passing?.likelyMs && passing.probability >= SURE_ENOUGH)
      level = passing.likelyMs - atMs <= SOON_MS ? 2 : 1;
    // What comes nearer may worsen; what was said to come soon is not taken back to "later".
    ahead.judge(Math.max(level, level > 0 ? ahead.level : 0), atMs, out, (reached) =>
      this.describeAhead(reached, atMs, loadPercent),
    );
  }

  private describeAhead(level: number, atMs: number, loadPercent: number): Judged {
    const { forecast, asset, label, sensor } = this;
    const passing = forecast.passing(OVERLOAD_PERCENT)!;
    const likelyMs = passing.likelyMs!;
    const from = localTime(Math.max(atMs, passing.earliestMs ?? likelyMs));
    const to = passing.latestMs === null ? null : localTime(passing.latestMs);
    let peak = 0;
    let peakStep = 1;
    for (let step = 1; step <= 12; step++) {
      if (forecast.expected(step) > peak) [peak, peakStep] = [forecast.expected(step), step];
    }
    const spread = forecast.deviation(peakStep);
    return {
      sensorNo: sensor.sensorNo,
      value: loadPercent,
      priority: level >= 2 ? 'orange' : 'yellow',
      reason: {
        en: `${asset.name}${label.en} will pass 100 % of its rating at about ${localTime(likelyMs)} (${to ? `between ${from} and ${to}` : `from ${from} on`}), now ${told(loadPercent)} %: load runs ahead of the usual day and is expected to reach ${told(peak)} % ± ${told(1.28 * spread)} %.`,
        zh: `${asset.nameZh}${label.zh}预计约${localTime(likelyMs)}负载率超过100%(${to ? `${from}至${to}之间` : `最早${from}`}),当前${told(loadPercent)}%:负荷高于往日,预计最高${told(peak)}%±${told(1.28 * spread)}%。`,
      },
      evidence: evidenceOf({
        test: 'overload-forecast',
        expected: { value: peak, low: peak - 1.28 * spread, high: peak + 1.28 * spread },
        carriers: [{ sensorId: sensor.sensorId, share: 1, value: loadPercent, expected: peak }],
        confidence: passing.probability,
        figures: [
          { name: { en: 'Time until 100 %', zh: '距100%时间' }, value: (likelyMs - atMs) / 3_600_000, unit: 'h' },
          { name: { en: 'Peak expected', zh: '预计峰值' }, value: peak, unit: '%' },
          { name: { en: 'Probability', zh: '概率' }, value: passing.probability * 100, unit: '%' },
        ],
      }),
    };
  }
}
