import { SHORT_TEXT, ShortTexts } from './short-texts.js';

/** Bytes that are no CBOR we read; the message says where. */
export class CborError extends Error {
  readonly code = 'malformed-cbor';
}

/** Stands for what a reading cannot be made of: byte strings, nested arrays and maps, unknown tags. */
export const NOT_PLAIN: unique symbol = Symbol('not plain');
export type CborValue = number | string | boolean | null | undefined | typeof NOT_PLAIN;

/** Length of an array or map that ends with a break byte. */
export const INDEFINITE = -1;

const DEPTH = 16;
const BREAK = 0xff;
const DECIMAL_FRACTION_TAG = 4;
const text = new TextDecoder('utf-8', { fatal: true });
const shortTexts = new ShortTexts();

/**
 * Reads CBOR (RFC 8949) item by item, for bodies from the outside: it allocates nothing ahead of the bytes that are there, goes
 * 16 levels deep at most, and every step consumes at least one byte, so that work and memory are bounded by the body. That is also
 * why no general decoder is used here: those make regular expressions, dates, classes and shared structures from tags.
 */
export class CborReader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Reads the head of an array; its length, or INDEFINITE. Undefined (and nothing read) where the next item is none. */
  arrayHead(): number | undefined {
    return this.containerHead(4);
  }

  /** As arrayHead, for a map; the length counts pairs. */
  mapHead(): number | undefined {
    return this.containerHead(5);
  }

  /** Whether a container of this length has an item at `index`; takes the break byte of an indefinite one. */
  hasNext(length: number, index: number): boolean {
    if (length !== INDEFINITE) return index < length;
    if (this.peek() !== BREAK) return true;
    this.at++;
    return false;
  }

  /** Skips the tag "this is CBOR" (55799) where the body begins with it. */
  skipSelfDescription(): void {
    if (this.bytes[0] === 0xd9 && this.bytes[1] === 0xd9 && this.bytes[2] === 0xf7) this.at = 3;
  }

  /** Reads one item; of what is not plain, its bytes are passed over. */
  value(depth = 0): CborValue {
    const head = this.peek();
    this.at++;
    const low = head & 0x1f;
    switch (head >> 5) {
      case 0:
        return this.argument(low);
      case 1:
        return -1 - this.argument(low);
      case 2:
        this.skipString(low, 2);
        return NOT_PLAIN;
      case 3:
        return this.text(low);
      case 4:
        this.skipItems(low === 31 ? INDEFINITE : this.argument(low), 1, depth);
        return NOT_PLAIN;
      case 5:
        this.skipItems(low === 31 ? INDEFINITE : this.argument(low), 2, depth);
        return NOT_PLAIN;
      case 6:
        return this.tagged(this.argument(low), depth);
      default:
        return this.simple(low);
    }
  }

  private peek(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new CborError(`ends too early, at byte ${this.at}`);
    return byte;
  }

  private containerHead(major: number): number | undefined {
    if (major === 5) this.skipMapTag();
    const head = this.peek();
    if (head >> 5 !== major) return undefined;
    this.at++;
    const low = head & 0x1f;
    if (low === 31) return INDEFINITE;
    const length = this.argument(low);
    // Every item takes a byte at least: a greater length is a lie, and is known before anything is read.
    if (length > this.bytes.length - this.at)
      throw new CborError(`claims ${length} items at byte ${this.at}, has fewer bytes`);
    return length;
  }

  /** Some encoders mark a map whose keys are no texts with tag 259; it changes nothing. */
  private skipMapTag(): void {
    const { bytes, at } = this;
    if (bytes[at] === 0xd9 && bytes[at + 1] === 0x01 && bytes[at + 2] === 0x03) this.at += 3;
  }

  /** The argument of a head (RFC 8949, section 3); above 2^53 it is rounded as any number. */
  private argument(low: number): number {
    if (low < 24) return low;
    const at = this.at;
    const width = low === 24 ? 1 : low === 25 ? 2 : low === 26 ? 4 : low === 27 ? 8 : 0;
    if (width === 0) throw new CborError(`unknown head at byte ${at - 1}`);
    this.need(width);
    this.at += width;
    if (width === 1) return this.view.getUint8(at);
    if (width === 2) return this.view.getUint16(at);
    if (width === 4) return this.view.getUint32(at);
    return this.view.getUint32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  private need(length: number): void {
    if (length > this.bytes.length - this.at) throw new CborError(`ends too early, at byte ${this.bytes.length}`);
  }

  private text(low: number): string {
    if (low === 31) {
      let joined = '';
      while (this.hasNext(INDEFINITE, 0)) {
        const head = this.peek();
        if (head >> 5 !== 3 || (head & 0x1f) === 31)
          throw new CborError(`a text has a chunk that is none, at byte ${this.at}`);
        this.at++;
        joined += this.text(head & 0x1f);
      }
      return joined;
    }
    const length = this.argument(low);
    this.need(length);
    const from = this.at;
    this.at += length;
    if (length <= SHORT_TEXT) {
      const short = shortTexts.get(this.bytes, from, this.at);
      if (short !== undefined) return short;
    }
    try {
      return text.decode(this.bytes.subarray(from, this.at));
    } catch {
      throw new CborError(`a text is not UTF-8, at byte ${from}`);
    }
  }

  private skipString(low: number, major: number): void {
    if (low !== 31) {
      const length = this.argument(low);
      this.need(length);
      this.at += length;
      return;
    }
    while (this.hasNext(INDEFINITE, 0)) {
      const head = this.peek();
      if (head >> 5 !== major || (head & 0x1f) === 31) throw new CborError(`wrong chunk at byte ${this.at}`);
      this.at++;
      this.skipString(head & 0x1f, major);
    }
  }

  private skipItems(length: number, each: 1 | 2, depth: number): void {
    if (depth >= DEPTH) throw new CborError(`nested deeper than ${DEPTH} levels, at byte ${this.at}`);
    for (let i = 0; this.hasNext(length, i); i++) {
      for (let part = 0; part < each; part++) this.value(depth + 1);
    }
  }

  /** Decimal fractions, tag 4: [exponent, mantissa] is mantissa x 10^exponent (RFC 8949, section 3.4.4). */
  private tagged(tag: number, depth: number): CborValue {
    if (depth >= DEPTH) throw new CborError(`nested deeper than ${DEPTH} levels, at byte ${this.at}`);
    if (tag !== DECIMAL_FRACTION_TAG || this.peek() !== 0x82) {
      this.value(depth + 1);
      return NOT_PLAIN;
    }
    this.at++;
    const exponent = this.value(depth + 1);
    const mantissa = this.value(depth + 1);
    if (typeof exponent !== 'number' || typeof mantissa !== 'number') return NOT_PLAIN;
    // By way of decimal text: 27315 x 10^-2 is then exactly the number that 273.15 is.
    return Number(`${mantissa}e${exponent}`);
  }

  private simple(low: number): CborValue {
    const at = this.at;
    switch (low) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      case 23:
        return undefined;
      case 24:
        this.need(1);
        this.at += 1;
        return NOT_PLAIN;
      case 25:
        this.need(2);
        this.at += 2;
        return float16(this.view.getUint16(at));
      case 26:
        this.need(4);
        this.at += 4;
        return this.view.getFloat32(at);
      case 27:
        this.need(8);
        this.at += 8;
        return this.view.getFloat64(at);
      case 31:
        throw new CborError(`a break without a beginning, at byte ${at - 1}`);
      default:
        if (low > 27) throw new CborError(`unknown head at byte ${at - 1}`);
        return NOT_PLAIN;
    }
  }
}

/** IEEE 754 half precision. */
function float16(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
