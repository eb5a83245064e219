import { NOT_A_NUMBER_MARK } from '../marks.js';
import type { SeriesLookup } from '../port.js';
import { isDuplicate, REASON_MASK, type ReadingBlock } from '@lifeline/readings';

export const MEASUREMENT = 'reading';

/**
 * Device tag of a reading whose sensor the registry does not know; its channel is the sensor's number. No registered
 * device can have this name (ids start with a letter or digit).
 */
export const UNKNOWN_DEVICE = '_unknown';

/**
 * Line protocol of readings: `reading,channel=…,device=…,utility=… value=312.4,mark=0i 1690675200000`. The beginning of a sensor's line
 * (measurement and tags, in the order InfluxDB sorts them) is made once and kept until the registry names it otherwise.
 */
export class LineProtocol {
  private readonly heads = new Map<number, SeriesHead>();

  constructor(private readonly series: SeriesLookup) {}

  /** Lines of the readings in log order; those marked duplicate are left out. */
  lines(blocks: readonly ReadingBlock[]): string[] {
    const lines: string[] = [];
    for (const block of blocks) {
      const { sensorNo, measuredAtMs, value, mark } = block;
      for (let i = 0; i < mark.length; i++) {
        const m = mark[i]!;
        if (isDuplicate(m)) continue;
        const v = value[i]!;
        // A number that is none has no value field: the mark says why. The field's kind is float, with or without a point.
        const field = Number.isFinite(v) && m !== NOT_A_NUMBER_MARK ? `value=${v},` : '';
        lines.push(`${this.head(sensorNo[i]!)} ${field}mark=${m & REASON_MASK}i ${Math.floor(measuredAtMs[i]!)}`);
      }
    }
    return lines;
  }

  private head(sensorNo: number): string {
    const key = this.series(sensorNo);
    const kept = this.heads.get(sensorNo);
    const deviceId = key?.deviceId ?? UNKNOWN_DEVICE;
    const channel = key?.channel ?? String(sensorNo);
    const utility = key?.utility ?? 'unknown';
    if (kept && kept.deviceId === deviceId && kept.channel === channel && kept.utility === utility) return kept.text;
    const text = `${MEASUREMENT},channel=${escapeTag(channel)},device=${escapeTag(deviceId)},utility=${escapeTag(utility)}`;
    this.heads.set(sensorNo, { deviceId, channel, utility, text });
    return text;
  }
}

interface SeriesHead {
  readonly deviceId: string;
  readonly channel: string;
  readonly utility: string;
  readonly text: string;
}

/**
 * A tag value as line protocol writes it: comma, equals sign and space behind a backslash. What it cannot carry, line breaks and
 * a backslash at the end (it would swallow the comma behind), becomes an underscore.
 */
export function escapeTag(text: string): string {
  return text
    .replace(/[\r\n]/g, '_')
    .replace(/\\+$/, (slashes) => '_'.repeat(slashes.length))
    .replace(/[,= ]/g, '\\$&');
}
