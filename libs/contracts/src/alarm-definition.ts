import { z } from 'zod';
import type { AlarmTransition } from './alarm.js';
import { ALARM_RULES, PRIORITIES, type Priority } from './vocabulary.js';
import { wordsSchema } from './words.js';

/** The master alarm database (ISA-18.2-2016 clause 9, rationalisation): what each alarm means and what to do about it. */

/** What suffers if nobody acts: `none` is for what only tells of a device. */
export const CONSEQUENCE_CLASSES = ['people', 'service', 'asset', 'none'] as const;
export type ConsequenceClass = (typeof CONSEQUENCE_CLASSES)[number];

/**
 * Priority from the consequence and the time there is to act: the columns end at these minutes. That priority follows from the
 * two is EEMUA 191 and ISA-18.2; the minutes are the times to verify on site of the three levels in the domain defaults 6.2,
 * the cells this project's [P]: red is for people alone, and nothing that only tells of a device is more than blue.
 */
export const RESPONSE_BANDS_MIN = [15, 30, 60] as const;
export const PRIORITY_MATRIX: Readonly<
  Record<ConsequenceClass, readonly [upTo15: Priority, upTo30: Priority, upTo60: Priority, longer: Priority]>
> = {
  people: ['red', 'orange', 'yellow', 'yellow'],
  service: ['orange', 'yellow', 'yellow', 'blue'],
  asset: ['orange', 'yellow', 'blue', 'blue'],
  none: ['blue', 'blue', 'blue', 'blue'],
};

/** @param minutes time to respond, in minutes */
export function priorityByConsequence(consequence: ConsequenceClass, minutes: number): Priority {
  const column = RESPONSE_BANDS_MIN.findIndex((end) => minutes <= end);
  return PRIORITY_MATRIX[consequence][column < 0 ? RESPONSE_BANDS_MIN.length : column]!;
}

/** The worse of two: a detector that sees danger is not talked down by a table, nor the table by a detector. */
export function worsePriority(a: Priority, b: Priority): Priority {
  return PRIORITIES.indexOf(a) <= PRIORITIES.indexOf(b) ? a : b;
}

const ruleNames = ALARM_RULES.join('|');
/** `{type}.{rule}.{limit or test}`, `{rule}.{limit or test}` or `{rule}`. */
export const definitionIdSchema = z
  .string()
  .max(160)
  .regex(
    new RegExp(`^(?:(?:[A-Z][A-Z0-9_]*\\.)?(?:${ruleNames})\\.[A-Za-z0-9_-]+|(?:${ruleNames}))$`),
    `must be a rule (${ALARM_RULES.join(', ')}), or a rule and a limit or test as limit.high, before which a type of channel may stand`,
  );

const text = (most: number) => z.string().trim().min(1).max(most);
const words = (most: number) => z.strictObject({ en: text(most), zh: text(most) });

/** What an engineer decides about an alarm. */
export const alarmDefinitionContentSchema = z.strictObject({
  /** The alarm in a few words. */
  title: words(120),
  /** What likely makes the condition true. */
  cause: words(600),
  /** What happens if nobody acts. */
  consequence: words(600),
  /** What the operator does first, in a sentence. */
  action: words(400),
  /** Steps in order, each to be ticked off. */
  procedure: z.array(words(400)).min(1).max(20),
  consequenceClass: z.enum(CONSEQUENCE_CLASSES),
  /** Minutes until acting is too late to avoid the consequence. */
  minutesToRespond: z.number().positive().max(43_200),
  /** The department that answers. */
  owner: words(120),
  /** Stays after its condition ended, until a person resets it. */
  latches: z.boolean(),
  /** An acknowledged alarm that is still active asks anew after so long; null: never. */
  reAlarmMinutes: z.number().positive().max(10_080).nullable(),
  mayBeShelved: z.boolean(),
  /** Where the figures come from. */
  source: z.string().trim().max(300),
});
export type AlarmDefinitionContent = z.infer<typeof alarmDefinitionContentSchema>;

/** One version of a definition; an edit is a new version. */
export const alarmDefinitionSchema = alarmDefinitionContentSchema.extend({
  definitionId: definitionIdSchema,
  version: z.int().positive(),
  /** Null: as Lifeline ships it. */
  editedBy: z.string().nullable(),
  editedAtMs: z.number(),
  /** Why it was changed. */
  note: z.string().nullable(),
  /** By PRIORITY_MATRIX; the alarm has the worse of this and what the detector says. */
  priority: z.enum(PRIORITIES),
});
export type AlarmDefinition = z.infer<typeof alarmDefinitionSchema>;

/** The definition that holds for an alarm with its steps, and which of them were done. */
export const alarmProcedureSchema = z.object({
  alarmId: z.string(),
  definition: alarmDefinitionSchema,
  steps: z.array(
    z.object({
      /** 1 for the first. */
      step: z.int().positive(),
      text: wordsSchema,
      done: z.boolean(),
      /** Who ticked it last, or took the tick away; null: nobody did yet. */
      by: z.string().nullable(),
      atMs: z.number().nullable(),
    }),
  ),
});
export type AlarmProcedure = z.infer<typeof alarmProcedureSchema>;

/** What of an alarm decides which definition holds. */
export type DefinedAlarm = Pick<AlarmTransition, 'rule' | 'limit' | 'evidence'>;

/**
 * Ids of the definitions that may hold for an alarm, the most specific first. A test carries the name of what it watches at its end
 * (`joint-over-load-3`): its beginnings count too.
 * @param type type of the sensor's channel, e.g. `P_MID`; null where it has none
 */
export function definitionIdsOf({ rule, limit, evidence }: DefinedAlarm, type: string | null): string[] {
  const names: string[] = [];
  for (let test = evidence?.test ?? ''; test !== ''; test = test.slice(0, Math.max(0, test.lastIndexOf('-'))))
    names.push(test);
  if (limit) names.push(limit.kind);
  const ofType = type === null ? [] : names.map((name) => `${type}.${rule}.${name}`);
  return [...ofType, ...names.map((name) => `${rule}.${name}`), rule];
}

/** The most specific definition of an alarm that there is; undefined where not even its rule has one. */
export function definitionOf<Definition>(
  alarm: DefinedAlarm,
  type: string | null,
  byId: ReadonlyMap<string, Definition>,
): Definition | undefined {
  for (const id of definitionIdsOf(alarm, type)) {
    const found = byId.get(id);
    if (found) return found;
  }
  return undefined;
}
