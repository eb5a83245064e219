/** Seeded chance: the same seed gives the same city, the same devices and the same noise, on every machine. */

/** 32-bit FNV-1a hash of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Mixes two 32-bit numbers into one that looks random (finaliser of MurmurHash3). */
export function mix(a: number, b: number): number {
  let h = (a ^ Math.imul(b, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Even number in [0, 1) that belongs to (key, step): noise that does not depend on how often it is asked. */
export function evenAt(key: number, step: number): number {
  return mix(key, step) / 4294967296;
}

/** Nearly normal number (mean 0, deviation 1, never beyond ±3.5) that belongs to (key, step): the sum of four even ones. */
export function normalAt(key: number, step: number): number {
  const sum = evenAt(key, step * 4) + evenAt(key, step * 4 + 1) + evenAt(key, step * 4 + 2) + evenAt(key, step * 4 + 3);
  return (sum - 2) * 1.7320508;
}

export class Random {
  private state: number;

  constructor(seed: string | number) {
    this.state = hashText(String(seed)) || 1;
  }

  /** Even in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    return mix(this.state, 0x2545f491) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole number from 0 to count - 1. */
  index(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.index(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from: the list is empty');
    return item;
  }

  /** Mean 0, deviation 1, never beyond ±3.5. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.7320508;
  }
}
