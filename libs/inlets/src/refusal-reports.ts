import type { Refusal } from './port.js';

const WINDOW_MS = 1000;
/** Kinds of refusal held in one window; what is beyond is counted together without its device. */
const MOST_KINDS = 1000;
/** Bytes of a refused body that are kept. */
const PAYLOAD_BYTES = 512;

interface Held {
  refusal: Refusal;
  count: number;
}

/**
 * Tells refusals on at a bearable rate: the first of its kind (device, topic, reason) at once, those alike within a second
 * together at its end. None is lost: `count` says how many a report stands for.
 */
export class RefusalReports {
  private held = new Map<string, Held>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (refusal: Refusal) => void) {}

  add(refusal: Omit<Refusal, 'count'>): void {
    let key = `${refusal.reason} ${refusal.deviceId ?? ''} ${refusal.topic}`;
    if (!this.held.has(key) && this.held.size >= MOST_KINDS) {
      key = refusal.reason;
      refusal = { ...refusal, deviceId: undefined, topic: '', payload: undefined };
    }
    const held = this.held.get(key);
    if (held) {
      held.count++;
      return;
    }
    const first: Refusal = { ...refusal, count: 1, payload: excerpt(refusal.payload) };
    this.held.set(key, { refusal: first, count: 0 });
    this.tell(first);
    if (this.timer === undefined) {
      this.timer = setTimeout(() => this.flush(), WINDOW_MS);
      this.timer.unref();
    }
  }

  /** Tells what is held back. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const held = this.held;
    this.held = new Map();
    for (const { refusal, count } of held.values()) if (count > 0) this.tell({ ...refusal, count });
  }
}

/** A copy of the first bytes, so that the buffer the body came in is not kept. */
function excerpt(payload: Uint8Array | undefined): Uint8Array | undefined {
  return payload && new Uint8Array(payload.subarray(0, PAYLOAD_BYTES));
}
