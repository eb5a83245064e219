import type { AlarmDefinitionContent, ConsequenceClass } from '@lifeline/contracts';

export type Pair = readonly [en: string, zh: string];

/** A definition as it is written down; several alarms that differ in their time to respond alone share one. */
export interface Seed {
  /** Minutes to respond by definition id. */
  readonly minutes: Readonly<Record<string, number>>;
  readonly title: Pair;
  readonly cause: Pair;
  readonly consequence: Pair;
  readonly action: Pair;
  readonly steps: readonly Pair[];
  readonly suffers: ConsequenceClass;
  readonly owner: Pair;
  /** Ids that latch. */
  readonly latches?: readonly string[];
  readonly reAlarmMinutes?: number;
  /** Never shelved. */
  readonly noShelf?: boolean;
  /** Section of the domain defaults with the tag of its figures; times to respond and classes are this project's [P]. */
  readonly source: string;
}

/** What each seed means, by definition id. */
export function contentsOf(seeds: readonly Seed[]): [definitionId: string, content: AlarmDefinitionContent][] {
  return seeds.flatMap((seed) =>
    Object.entries(seed.minutes).map(([id, minutesToRespond]): [string, AlarmDefinitionContent] => [
      id,
      {
        title: titleOf(id, seed.title),
        cause: words(seed.cause),
        consequence: words(seed.consequence),
        action: words(seed.action),
        procedure: seed.steps.map(words),
        consequenceClass: seed.suffers,
        minutesToRespond,
        owner: words(seed.owner),
        latches: seed.latches?.includes(id) ?? false,
        reAlarmMinutes: seed.reAlarmMinutes ?? null,
        mayBeShelved: !seed.noShelf,
        source: seed.source,
      },
    ]),
  );
}

function words([en, zh]: Pair): { en: string; zh: string } {
  return { en, zh };
}

function titleOf(id: string, [en, zh]: Pair): { en: string; zh: string } {
  const isOuter = /\.(low-low|high-high)$/.test(id);
  return isOuter ? { en: `${en}, outer limit`, zh: `${zh}(越二级限)` } : { en, zh };
}
