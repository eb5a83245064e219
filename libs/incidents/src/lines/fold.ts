import type { Utility } from '@lifeline/contracts';
import type { Words } from '../words.js';
import { byImportance, rankOf, whatWords, type OperatorLine } from './line.js';

const UTILITY_WORDS: Readonly<Record<Utility, Words>> = {
  gas: { en: 'Gas alarms', zh: '燃气报警' },
  power: { en: 'Power alarms', zh: '电力报警' },
  bridge: { en: 'Bridge alarms', zh: '桥梁报警' },
  drainage: { en: 'Drainage alarms', zh: '排水报警' },
};

type Group = (line: OperatorLine) => string;

/** How lines of one rank are brought together, the finest first. */
const FINENESS: readonly Group[] = [
  ({ district, what }) => `${district ?? ''}|${what}`,
  ({ district, utility }) => `${district ?? ''}|${utility}`,
  ({ utility }) => utility,
  () => '',
];
/** Fineness by rank (red, orange, yellow, blue), in the order tried: the less important is the coarser. */
const GROUPS: readonly Group[] = [
  [0, 0, 0, 0],
  [0, 0, 0, 1],
  [0, 0, 1, 1],
  [0, 0, 1, 2],
  [0, 0, 2, 2],
  [0, 0, 2, 3],
  [0, 1, 2, 3],
  [0, 1, 3, 3],
  [1, 2, 3, 3],
  [2, 3, 3, 3],
  [3, 3, 3, 3],
].map((fineness) => (line) => FINENESS[fineness[rankOf(line)]!]!(line));

/**
 * Folds from the end of the list until no more than `most` lines stand: first blue and yellow ones, by district and kind, then more
 * coarsely; only where that is not enough orange ones, then red, and last of all gas. Of orange and red, incidents of one cause stay
 * as long as anything else of that rank can be folded; else what stands for the fewest alarms goes first.
 * @param lines in order of importance
 */
export function foldLines(
  lines: readonly OperatorLine[],
  most: number,
  districtName: (district: string) => Words,
): OperatorLine[] {
  if (lines.length <= most) return [...lines];
  const order = lines.toSorted(
    (a, b) =>
      Number(b.isGasLeak) - Number(a.isGasLeak) ||
      rankOf(a) - rankOf(b) ||
      Number(a.isQuiet) - Number(b.isQuiet) ||
      Number(isCause(b)) - Number(isCause(a)) ||
      b.alarms - a.alarms,
  );
  // How far from the end the fold may reach, step by step.
  const small = (least: number) => (line: OperatorLine) =>
    rankOf(line) > least || (rankOf(line) === least && !isCause(line));
  const steps = [small(1.5), small(1), small(0.5), small(0), () => true];
  const reach = steps.map((mayFold) => order.filter((line) => !line.isGasLeak && mayFold(line)).length);
  for (const longest of [...reach, order.length]) {
    for (const group of GROUPS) {
      const fold = shortestFold(order, longest, most, group);
      if (fold !== null) return folded(order, fold, group, districtName).sort(byImportance);
    }
  }
  // Four ranks make four lines of everything: `most` is not under that.
  return folded(order, order.length, GROUPS[GROUPS.length - 1]!, districtName).sort(byImportance);
}

/** One cause of many alarms, e.g. a lost substation: folding it would hide the most. */
function isCause({ kind, what }: OperatorLine): boolean {
  return kind === 'incident' && what !== 'incident-asset';
}

/** How many lines of the end must be folded; null where `longest` is not enough. */
function shortestFold(order: readonly OperatorLine[], longest: number, most: number, group: Group): number | null {
  const groups = new Set<string>();
  for (let count = 1; count <= longest; count++) {
    groups.add(keyOf(order[order.length - count]!, group));
    if (order.length - count + groups.size <= most) return count;
  }
  return null;
}

function keyOf(line: OperatorLine, group: Group): string {
  return `${rankOf(line)}|${group(line)}`;
}

function folded(
  order: readonly OperatorLine[],
  count: number,
  group: Group,
  districtName: (district: string) => Words,
): OperatorLine[] {
  const standing = order.slice(0, order.length - count);
  const groups = new Map<string, OperatorLine[]>();
  for (const line of order.slice(order.length - count)) {
    const key = keyOf(line, group);
    const there = groups.get(key);
    if (there) there.push(line);
    else groups.set(key, [line]);
  }
  for (const [key, lines] of groups) standing.push(lines.length === 1 ? lines[0]! : foldOf(key, lines, districtName));
  return standing;
}

function foldOf(key: string, lines: readonly OperatorLine[], districtName: (district: string) => Words): OperatorLine {
  const first = lines[0]!;
  const same = <Value>(of: (line: OperatorLine) => Value): Value | null =>
    lines.every((line) => of(line) === of(first)) ? of(first) : null;
  const district = same((line) => line.district);
  const what = same((line) => line.what);
  const alarms = lines.reduce((sum, line) => sum + line.alarms, 0);
  const place = district === null ? null : districtName(district);
  const utility = same((line) => line.utility);
  const kind =
    what !== null ? whatWords(what) : utility !== null ? UTILITY_WORDS[utility] : { en: 'Alarms', zh: '报警' };
  return {
    kind: 'fold',
    lineId: `fold.${key}`,
    priority: lines.reduce((worst, line) => (byImportance(line, worst) < 0 ? line : worst), first).priority,
    utility: first.utility,
    isGasLeak: lines.some(({ isGasLeak }) => isGasLeak),
    isConfirmedLeak: lines.some(({ isConfirmedLeak }) => isConfirmedLeak),
    respondWithinMs: Math.min(...lines.map(({ respondWithinMs }) => respondWithinMs)),
    newestAtMs: Math.max(...lines.map(({ newestAtMs }) => newestAtMs)),
    district,
    what: what ?? '',
    words: {
      en: `${kind.en}${place ? ` in ${place.en}` : ''}: ${lines.length} lines, ${alarms} alarms`,
      zh: `${place?.zh ?? ''}${kind.zh}：${lines.length}行，${alarms}条报警`,
    },
    alarms,
    unacknowledged: lines.reduce((sum, line) => sum + line.unacknowledged, 0),
    isQuiet: lines.every(({ isQuiet }) => isQuiet),
    position: null,
    lines,
  };
}
