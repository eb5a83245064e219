import { rejectSchema, type Reject } from '@lifeline/contracts';

export type NewReject = Omit<Reject, 'rejectId'>;

/** Different rejects of one append; what is beyond is counted by inlet and reason alone. */
const MOST_KINDS = 64;
const EXCERPT_BYTES = 512;
const MOST_DETAIL = 500;
const MOST_TOPIC = 256;

const lenient = new TextDecoder('utf-8');
const encoder = new TextEncoder();

/**
 * Gathers the rejects of one append: those alike (inlet, device, reason, topic) become one with their count, so that a flood
 * fills neither memory nor log. No count is ever lost.
 */
export class RejectCollector {
  private kinds = new Map<string, { -readonly [Key in keyof NewReject]: NewReject[Key] }>();

  get size(): number {
    return this.kinds.size;
  }

  /** @param payload the body, of which an excerpt is kept with the first of its kind */
  add(reject: Omit<NewReject, 'bodyExcerpt'>, payload: Uint8Array | undefined): void {
    let key = `${reject.reason} ${reject.inlet} ${reject.deviceId ?? ''} ${reject.topic}`;
    let isOverflow = false;
    if (!this.kinds.has(key) && this.kinds.size >= MOST_KINDS) {
      key = `${reject.reason} ${reject.inlet}`;
      isOverflow = true;
    }
    const known = this.kinds.get(key);
    if (known) {
      known.count += reject.count;
      known.arrivedAtMs = reject.arrivedAtMs;
      return;
    }
    this.kinds.set(key, {
      ...reject,
      deviceId: isOverflow ? null : reject.deviceId,
      topic: isOverflow ? '(several)' : reject.topic.slice(0, MOST_TOPIC),
      detail: reject.detail.slice(0, MOST_DETAIL),
      bodyExcerpt: payload ? lenient.decode(payload.subarray(0, EXCERPT_BYTES)) : '',
    });
  }

  /** The rejects as records of the log, and the collector empty again. */
  take(): Uint8Array[] {
    if (this.kinds.size === 0) return [];
    const payloads = Array.from(this.kinds.values(), (reject) => encoder.encode(JSON.stringify(reject)));
    this.kinds = new Map();
    return payloads;
  }
}

/** A reject as the log holds it. */
export function decodeReject(payload: Uint8Array): NewReject {
  return JSON.parse(lenient.decode(payload)) as NewReject;
}

const storedRejectSchema = rejectSchema.omit({ rejectId: true });

/** A reject that was read from the log; undefined where the record is none. @throws SyntaxError where it is no JSON */
export function readReject(payload: Uint8Array): NewReject | undefined {
  return storedRejectSchema.safeParse(JSON.parse(lenient.decode(payload))).data;
}
