import { PRIORITIES, UTILITIES, type Priority, type Utility } from '@lifeline/contracts';

/** The pictures of which marks are put together, by their number in the atlas. */
export const CELL_NAMES = [
  'disc',
  ...UTILITIES.map((utility) => `sensor-${utility}` as const),
  ...UTILITIES.map((utility) => `halo-${utility}` as const),
  ...PRIORITIES.map((priority) => `shape-${priority}` as const),
  ...([...'0123456789.k万'] as const),
] as const;

export type CellName = 'disc' | `sensor-${Utility}` | `halo-${Utility}` | `shape-${Priority}` | (string & {});

const NUMBERS: ReadonlyMap<string, number> = new Map(CELL_NAMES.map((name, i) => [name, i]));

export function cellNumber(name: CellName): number {
  const number = NUMBERS.get(name);
  if (number === undefined) throw new RangeError(`the map's marks have no picture ${name}`);
  return number;
}

/** How wide a character of a count is, in parts of its height. */
export function advanceOf(character: string): number {
  if (character === '.') return 0.3;
  return character === '万' ? 1 : 0.62;
}

/** A count as it fits into a cluster: "973", "4120", "16k"; in Chinese "1.6万". */
export function shortCount(count: number, language: 'en' | 'zh'): string {
  if (count < 10_000) return String(count);
  if (language === 'en') return `${Math.round(count / 1000)}k`;
  const myriads = count / 10_000;
  return `${myriads < 10 ? myriads.toFixed(1).replace(/\.0$/, '') : Math.round(myriads)}万`;
}
