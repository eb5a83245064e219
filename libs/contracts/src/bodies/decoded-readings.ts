import type { RejectReason } from '../vocabulary.js';
import { MAX_BODY_READINGS } from './limits.js';

/** A message, or a part of it, that could not become readings. */
export interface DecodeReject {
  readonly reason: RejectReason;
  /** What was wrong, where, and how to mend it. */
  readonly detail: string;
  /** How many readings (or, where no reading could be told apart, elements or bodies) it stands for; at least 1. */
  readonly count: number;
}

const FIRST_CAPACITY = 64;
/** Rejects of one body that are told one by one; further ones are counted with the last of the same reason. */
const MOST_REJECTS = 16;

/**
 * The readings of one body as columns, made once and used again for every message: after a few messages nothing is
 * allocated any more. Only the first `count` entries of each column mean anything.
 */
export class DecodedReadings {
  count = 0;
  channel: string[] = [];
  /** Epoch milliseconds, whole, always finite. */
  measuredAtMs = new Float64Array(FIRST_CAPACITY);
  /** Always finite. */
  value = new Float64Array(FIRST_CAPACITY);
  /** The unit the message names (SenML); undefined where the body has none. */
  unit: (string | undefined)[] = [];
  /** What could not become a reading; undefined where all did. */
  rejects: DecodeReject[] | undefined;

  /** Empties the columns; they shrink again after a body above the bound. */
  reset(): void {
    this.count = 0;
    this.rejects = undefined;
    if (this.value.length > 2 * MAX_BODY_READINGS) {
      this.measuredAtMs = new Float64Array(FIRST_CAPACITY);
      this.value = new Float64Array(FIRST_CAPACITY);
      this.channel = [];
      this.unit = [];
    }
  }

  push(channel: string, measuredAtMs: number, value: number, unit: string | undefined): void {
    const at = this.count;
    if (at === this.value.length) this.grow();
    this.channel[at] = channel;
    this.measuredAtMs[at] = measuredAtMs;
    this.value[at] = value;
    this.unit[at] = unit;
    this.count = at + 1;
  }

  reject(reason: RejectReason, detail: string, count = 1): void {
    const rejects = (this.rejects ??= []);
    if (rejects.length >= MOST_REJECTS) {
      const alike = rejects.findLastIndex((reject) => reject.reason === reason);
      const last = rejects[alike];
      if (last) {
        rejects[alike] = { ...last, count: last.count + count };
        return;
      }
    }
    rejects.push({ reason, detail, count });
  }

  /** Drops what was read: the body as a whole is rejected. */
  rejectAll(reason: RejectReason, detail: string): void {
    this.reset();
    this.reject(reason, detail);
  }

  private grow(): void {
    const measuredAtMs = new Float64Array(this.value.length * 2);
    measuredAtMs.set(this.measuredAtMs);
    this.measuredAtMs = measuredAtMs;
    const value = new Float64Array(measuredAtMs.length);
    value.set(this.value);
    this.value = value;
  }
}
