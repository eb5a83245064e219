import { channelTypeOfDefinition, utilityOfDefinition } from '@lifeline/catalogue';
import type { AlarmDefinition, AlarmRule, Priority, Utility } from '@lifeline/contracts';

export interface DefinitionFilter {
  readonly utility: Utility | undefined;
  readonly priority: Priority | undefined;
  /** Code of a type of channel. */
  readonly type: string | undefined;
  readonly rule: AlarmRule | undefined;
  readonly q: string | undefined;
}

/** The rule a definition is of: `P_MID.limit.low` is of `limit`. */
export function ruleOfDefinition(definitionId: string): AlarmRule {
  const parts = definitionId.split('.');
  return (/^[A-Z]/.test(definitionId) ? parts[1] : parts[0]) as AlarmRule;
}

/**
 * Those that match, by id. What holds for every lifeline is shown with each of them: it is what holds there where nothing
 * more specific does.
 */
export function matching(definitions: readonly AlarmDefinition[], filter: DefinitionFilter): AlarmDefinition[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return definitions.filter(({ definitionId, priority, ...definition }) => {
    const utility = utilityOfDefinition(definitionId);
    if (filter.utility !== undefined && utility !== undefined && utility !== filter.utility) return false;
    if (filter.priority !== undefined && priority !== filter.priority) return false;
    if (filter.rule !== undefined && ruleOfDefinition(definitionId) !== filter.rule) return false;
    const type = channelTypeOfDefinition(definitionId);
    if (filter.type !== undefined && type?.code !== filter.type) return false;
    if (words.length === 0) return true;
    const text = [
      definitionId,
      ...[definition.title, definition.owner, definition.action, ...(type ? [type.name] : [])].flatMap((pair) => [
        pair.en,
        pair.zh,
      ]),
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Types of channel that the definitions are of, by code. */
export function typesIn(definitions: readonly AlarmDefinition[]): string[] {
  const codes = definitions.map(({ definitionId }) => channelTypeOfDefinition(definitionId)?.code);
  return [...new Set(codes)].filter((code) => code !== undefined).sort();
}
