import { priorityOf, FindingSwitch } from '@lifeline/lifeline-kit';
import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';

/** Less than this is no movement, m. */
const STILL_M = 0.015;
/** Never told sooner [P]. */
const LEAST_MS = 2 * 3_600_000;
/** So many times longer than the sump ever stood still. */
const TIMES = 3;
/** What it ever was fades by half in two weeks. */
const HALVES_MS = 14 * 86_400_000;
/** So long it is watched first, nights and all. */
const FIRST_MS = 3 * 86_400_000;

const LEVEL = 0;
const SINCE_MS = 1;
const LONGEST_MS = 2;
/** First reading + 1. */
const FROM_MS = 3;
const SWITCH = 4;

/**
 * A sump level that stands still far longer than it ever did: inflow and pumps always move it, so its sensor hangs, or both
 * have stopped. The longest standstill of dry nights is learned.
 */
export class Standstill {
  static readonly FIELDS = SWITCH + FindingSwitch.FIELDS;
  private readonly gate: FindingSwitch;

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
    private readonly station: Asset,
    private readonly level: Sensor,
  ) {
    this.gate = new FindingSwitch(state, at + SWITCH, { onDelayMs: 0, offDelayMs: 0 });
  }

  take(atMs: number, value: number, out: Finding[]): void {
    const { state, at } = this;
    if (state[at + FROM_MS] === 0) state[at + FROM_MS] = atMs + 1;
    const stoodMs = state[at + SINCE_MS]! > 0 ? atMs + 1 - state[at + SINCE_MS]! : 0;
    const moved = state[at + SINCE_MS] === 0 || Math.abs(value - state[at + LEVEL]!) >= STILL_M;
    const longMs = Math.max(LEAST_MS, TIMES * state[at + LONGEST_MS]!);
    const isLong = atMs + 1 - state[at + FROM_MS]! >= FIRST_MS && stoodMs > longMs;
    if (moved) {
      if (state[at + SINCE_MS]! > 0 && this.gate.open === 0) {
        const faded = state[at + LONGEST_MS]! * 0.5 ** (stoodMs / HALVES_MS);
        state[at + LONGEST_MS] = Math.max(faded, stoodMs);
      }
      [state[at + LEVEL], state[at + SINCE_MS]] = [value, atMs + 1];
    }
    const move = this.gate.judge(isLong && !moved ? 1 : 0, atMs, this.level.sensorNo);
    if (!move) return;
    const { name, nameZh } = this.station;
    const hours = (stoodMs / 3_600_000).toFixed(1);
    const usually = (state[at + LONGEST_MS]! / 60_000).toFixed(0);
    out.push({
      ...{ rule: 'physics', test: 'sump-stuck', change: move, sensorNo: this.gate.carrier },
      ...{ priority: priorityOf(this.gate.open), atMs: this.gate.atMs, value },
      reason:
        move === 'end'
          ? { en: `The sump level of ${name} moves again`, zh: `${nameZh}集水池水位恢复变化` }
          : {
              en: `The sump level of ${name} has stood still at ${value.toFixed(2)} m for ${hours} h (at most ${usually} min before): the sensor hangs, or neither inflow nor pumps move it`,
              zh: `${nameZh}集水池水位停在${value.toFixed(2)} m已${hours}小时(此前最长${usually}分钟):液位计卡滞,或无来水且水泵未运行`,
            },
      evidence:
        move === 'end'
          ? null
          : {
              ...{ test: 'sump-stuck', expected: null, residual: null, confidence: 0.8, location: null },
              carriers: [{ sensorId: this.level.sensorId, share: 1, value, expected: null }],
              figures: [
                { name: { en: 'stood still', zh: '停滞时长' }, value: stoodMs / 60_000, unit: 'min' },
                {
                  name: { en: 'longest before', zh: '此前最长' },
                  value: state[at + LONGEST_MS]! / 60_000,
                  unit: 'min',
                },
              ],
            },
    });
  }
}
