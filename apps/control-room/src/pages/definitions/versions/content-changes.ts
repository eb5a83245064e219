import type { AlarmDefinitionContent } from '@lifeline/contracts';

/** Parts of a definition, in the order they are read. */
export const PARTS = [
  'title',
  'consequenceClass',
  'minutesToRespond',
  'owner',
  'action',
  'procedure',
  'cause',
  'consequence',
  'latches',
  'reAlarmMinutes',
  'mayBeShelved',
  'source',
] as const satisfies readonly (keyof AlarmDefinitionContent)[];
export type Part = (typeof PARTS)[number];

/** The parts in which two contents differ. */
export function changedParts(a: AlarmDefinitionContent, b: AlarmDefinitionContent): Part[] {
  return PARTS.filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]));
}

export interface LineOfChange {
  readonly kind: 'kept' | 'gone' | 'new';
  readonly text: string;
}

/** Which lines went and which came, the kept ones between, by their longest common sequence. */
export function linesOfChange(before: readonly string[], after: readonly string[]): LineOfChange[] {
  // common[i][j]: longest common sequence of before from i and after from j. Procedures have 20 steps at most.
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i]![j] =
        before[i] === after[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: LineOfChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ kind: 'kept', text: before[i]! });
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ kind: 'gone', text: before[i++]! });
    } else {
      lines.push({ kind: 'new', text: after[j++]! });
    }
  }
  return lines;
}

export interface Merged {
  readonly content: AlarmDefinitionContent;
  /** Parts that both changed, each otherwise: mine stands, and a person must look. */
  readonly clashes: readonly Part[];
}

/** My edit of `base` put upon what another made of it meanwhile. */
export function merged(
  base: AlarmDefinitionContent,
  mine: AlarmDefinitionContent,
  theirs: AlarmDefinitionContent,
): Merged {
  const ours = changedParts(base, mine);
  const content = { ...theirs, ...Object.fromEntries(ours.map((part) => [part, mine[part]])) };
  const alsoTheirs = new Set(changedParts(base, theirs));
  const differ = new Set(changedParts(mine, theirs));
  return { content, clashes: ours.filter((part) => alsoTheirs.has(part) && differ.has(part)) };
}
