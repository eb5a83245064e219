/** Values of one device at one time. */
export interface Entry {
  readonly ts: number;
  readonly values: Record<string, number>;
}

/** How a gateway writes: one object a time, arrays of them, or SenML (RFC 8428). All three live in the simulated city. */
export type BodyFormat = 'plain' | 'batch' | 'senml';

/** Writes the bodies of some entries of one device. */
export function writeBodies(
  format: BodyFormat,
  entries: readonly Entry[],
  unitOf: (channel: string) => string,
): string[] {
  switch (format) {
    case 'plain':
      return entries.map((entry) => JSON.stringify(entry));
    case 'batch':
      return [JSON.stringify(entries)];
    case 'senml':
      return entries.map((entry) => senmlPack(entry, unitOf));
  }
}

function senmlPack({ ts, values }: Entry, unitOf: (channel: string) => string): string {
  const records = Object.entries(values).map(([channel, value], i) => ({
    ...(i === 0 ? { bt: ts / 1000 } : {}),
    n: channel,
    u: unitOf(channel),
    v: value,
  }));
  return JSON.stringify(records);
}

/** Values as devices send them: five decimals are finer than any sensor here. */
export function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
