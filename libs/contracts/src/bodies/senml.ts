import { isChannelName } from './channel-name.js';
import type { DecodedReadings } from './decoded-readings.js';
import { describeValue, quote } from './describe-value.js';
import { rejectValue } from './plain-body.js';
import { SenmlRecord } from './senml-record.js';

/** Version of SenML that RFC 8428 defines; a higher one must be refused (section 4.4). */
const SENML_VERSION = 10;
/** Times under 2^28 seconds are relative to now (RFC 8428, section 4.5.3). */
const RELATIVE_UNDER_S = 2 ** 28;

/**
 * Resolves the records of one pack, in order: base fields hold until the next of their kind.
 *
 * - Channel: `n` behind `bn`, and of that what comes after the last `/` or `:` (`urn:dev:ow:10e2:pressure` is `pressure`).
 * - Time: `bt` + `t` in seconds; under 2^28 relative to the arrival, none at all: the arrival.
 * - Value: `bv` + `v`; `vb` true is 1, false is 0. Texts, data and sums are rejected.
 */
export class SenmlPack {
  private baseName = '';
  /** What of the base name belongs to a channel: what comes after its last separator. */
  private baseOfChannel = '';
  private baseTimeS = 0;
  private baseUnit: string | undefined;
  private baseValue = 0;
  private index = -1;

  constructor(
    private readonly arrivedAtMs: number,
    private readonly into: DecodedReadings,
  ) {}

  /**
   * Takes the next record in.
   * @returns false where the whole pack had to be refused: read no further
   */
  add(record: SenmlRecord): boolean {
    this.index++;
    if (record.notUnderstood !== undefined) {
      const label = quote(record.notUnderstood);
      return this.refuse('wrong-shape', `${label} must be understood (it ends in "_") and is not: leave it out`);
    }
    if (record.hasBase && !this.takeBase(record)) return false;
    const { n, t, u, v } = record;
    if (n !== undefined && typeof n !== 'string')
      return this.rejected('wrong-type', `"n" is ${describeValue(n)}, not a text`);
    if (t !== undefined && !isFiniteNumber(t)) {
      return this.rejected('bad-timestamp', `"t" is ${describeValue(t)}: send seconds as a number`);
    }
    if (u !== undefined && typeof u !== 'string')
      return this.rejected('wrong-type', `"u" is ${describeValue(u)}, not a text`);
    const channel = this.channelOf(n);
    if (typeof v === 'number' || typeof record.vb === 'boolean') {
      const value = this.baseValue + (typeof v === 'number' ? v : record.vb ? 1 : 0);
      const measuredAtMs = this.timeMs(t ?? 0);
      if (!Number.isFinite(measuredAtMs)) return this.rejected('bad-timestamp', '"bt" and "t" are beyond all times');
      if (value - value === 0 && isChannelName(channel)) {
        this.into.push(channel, measuredAtMs, value, u ?? this.baseUnit);
      } else {
        rejectValue(channel, value, this.into, this.where());
      }
    } else if (!record.hasValue) {
      this.rejectMissing(record, channel);
    } else if (record.s === undefined) {
      rejectValue(channel, v ?? record.vs ?? record.vd ?? record.vb, this.into, this.where());
    }
    if (record.s !== undefined) {
      this.rejected('wrong-type', `channel ${quote(channel)} has a sum ("s"), which is not taken: send "v"`);
    }
    return true;
  }

  private takeBase(record: SenmlRecord): boolean {
    const { bn, bt, bu, bv, bs, bver } = record;
    if (bn !== undefined) {
      if (typeof bn !== 'string') return this.refuse('wrong-type', `"bn" is ${describeValue(bn)}, not a text`);
      this.baseName = bn;
      this.baseOfChannel = afterSeparator(bn);
    }
    if (bt !== undefined) {
      if (!isFiniteNumber(bt))
        return this.refuse('bad-timestamp', `"bt" is ${describeValue(bt)}: send seconds as a number`);
      this.baseTimeS = bt;
    }
    if (bu !== undefined) {
      if (typeof bu !== 'string') return this.refuse('wrong-type', `"bu" is ${describeValue(bu)}, not a text`);
      this.baseUnit = bu;
    }
    if (bv !== undefined) {
      if (!isFiniteNumber(bv)) return this.refuse('wrong-type', `"bv" is ${describeValue(bv)}, not a finite number`);
      this.baseValue = bv;
    }
    if (bs !== undefined) return this.refuse('wrong-type', '"bs" (base sum) is not taken: send "v"');
    if (bver !== undefined && !(isFiniteNumber(bver) && bver <= SENML_VERSION)) {
      return this.refuse(
        'wrong-shape',
        `"bver" is ${describeValue(bver)}: versions to ${SENML_VERSION} are understood`,
      );
    }
    return true;
  }

  private channelOf(n: string | undefined): string {
    if (n === undefined) return this.baseOfChannel;
    // The common way makes no new text: a base name that ends in a separator, and a name without one.
    if (this.baseOfChannel === '' && isChannelName(n)) return n;
    return afterSeparator(this.baseName + n);
  }

  private timeMs(t: number): number {
    const seconds = this.baseTimeS + t;
    if (seconds < RELATIVE_UNDER_S) return Math.round(this.arrivedAtMs + seconds * 1000);
    return Math.round(seconds * 1000);
  }

  /** A record of base fields alone sets them for what follows; any other must have a value. */
  private rejectMissing(record: SenmlRecord, channel: string): void {
    const basesOnly = record.n === undefined && record.t === undefined && record.u === undefined;
    if (basesOnly && record.hasBase) return;
    this.rejected('wrong-shape', `channel ${quote(channel)} has no value: send "v"`);
  }

  private where(): string {
    return ` in record ${this.index}`;
  }

  private rejected(reason: 'wrong-type' | 'bad-timestamp' | 'wrong-shape', detail: string): true {
    this.into.reject(reason, `${detail}${this.where()}`);
    return true;
  }

  private refuse(reason: 'wrong-type' | 'bad-timestamp' | 'wrong-shape', detail: string): false {
    this.into.rejectAll(reason, `SenML: ${detail}${this.where()}; the whole pack is rejected`);
    return false;
  }
}

/** Reads a SenML pack that came as JSON. */
export function decodeSenmlJson(records: readonly unknown[], arrivedAtMs: number, into: DecodedReadings): void {
  const pack = new SenmlPack(arrivedAtMs, into);
  const fields = new SenmlRecord();
  for (const record of records) {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      into.reject('wrong-shape', `SenML: a record must be an object, got ${describeValue(record)}`);
      continue;
    }
    fields.clear();
    for (const label in record) fields.setByName(label, (record as Record<string, unknown>)[label]);
    if (!pack.add(fields)) return;
  }
}

function afterSeparator(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
