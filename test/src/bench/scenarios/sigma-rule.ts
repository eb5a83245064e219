import type { Condition } from '@lifeline/alarms';
import type { TriedEngine } from '@lifeline/devices';
import { isDuplicate, qualityOfMark, type ReadingBlock } from '@lifeline/readings';

/** Readings it remembers, by exponential weights. */
const MEMORY = 1000;
const WARM_UP = 100;
const SIGMAS = 3;

/**
 * The plain 3-sigma rule of the textbooks, a sensor: an alarm where a reading is more than three standard deviations from the
 * mean of the readings before, ended by the first that is not. It learns from every reading that is not bad.
 */
export function createSigmaRule(sensors: number): TriedEngine {
  const count = new Float64Array(sensors + 1);
  const mean = new Float64Array(sensors + 1);
  const variance = new Float64Array(sensors + 1);
  const isOn = new Uint8Array(sensors + 1);
  return {
    feed(block: ReadingBlock, out: Condition[]): void {
      for (let i = 0; i < block.sensorNo.length; i++) {
        const marked = block.mark[i]!;
        if (isDuplicate(marked) || qualityOfMark(marked) === 'bad') continue;
        const no = block.sensorNo[i]!;
        const value = block.value[i]!;
        const away = value - mean[no]!;
        const isOut = count[no]! >= WARM_UP && away * away > SIGMAS ** 2 * variance[no]!;
        if (isOut && isOn[no] === 0) out.push(begun(no, block.measuredAtMs[i]!, value));
        isOn[no] = isOut ? 1 : 0;
        const gain = 1 / Math.min(MEMORY, ++count[no]!);
        mean[no]! += gain * away;
        variance[no]! += gain * ((1 - gain) * away * away - variance[no]!);
      }
    },
    tick: () => undefined,
  };
}

function begun(sensorNo: number, atMs: number, value: number): Condition {
  return {
    sensorNo,
    rule: 'statistical',
    change: 'begin',
    limit: 'band',
    limitValue: null,
    priority: 'yellow',
    atMs,
    value,
    reason: { en: 'More than three standard deviations from the mean', zh: '偏离均值超过三倍标准差' },
  };
}
