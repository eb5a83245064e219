import { alarmDefinitionContentSchema, type AlarmDefinition, type AlarmDefinitionContent } from '@lifeline/contracts';

/** What is typed: as the content, but for numbers, which are text until they are saved. */
export interface Draft extends Omit<AlarmDefinitionContent, 'minutesToRespond' | 'reAlarmMinutes'> {
  readonly minutesToRespond: string;
  /** Empty: it does not ask anew. */
  readonly reAlarmMinutes: string;
  readonly note: string;
}

/** What an engineer decides of a definition, without what the records add to it. */
export function contentOf(definition: AlarmDefinition): AlarmDefinitionContent {
  const {
    definitionId: _id,
    version: _v,
    editedBy: _by,
    editedAtMs: _at,
    note: _note,
    priority: _p,
    ...content
  } = definition;
  return content;
}

export function draftOf(content: AlarmDefinitionContent, note = ''): Draft {
  const { minutesToRespond, reAlarmMinutes } = content;
  return {
    ...content,
    minutesToRespond: String(minutesToRespond),
    reAlarmMinutes: reAlarmMinutes === null ? '' : String(reAlarmMinutes),
    note,
  };
}

/** What is wrong with a field, to be said in the chosen language. */
export type DraftError =
  | { readonly kind: 'required' | 'number' }
  | { readonly kind: 'over' | 'atMost' | 'tooLong' | 'tooMany'; readonly bound: number };

/** Wrong fields by their path (`procedure.0.zh`). */
export type DraftErrors = ReadonlyMap<string, DraftError>;

export type Checked =
  | { readonly kind: 'fine'; readonly content: AlarmDefinitionContent; readonly note: string }
  | { readonly kind: 'wrong'; readonly errors: DraftErrors };

/** Longest note that the contract takes. */
export const NOTE_MOST = 500;

/** Minutes as typed; NaN where it is no number. */
export function minutesOf(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed.trim());
}

/** Checks a draft by the contract's own schema; the first wrong of each field is told. */
export function checked(draft: Draft): Checked {
  const errors = new Map<string, DraftError>();
  const { note, ...rest } = draft;
  const numbers = {
    minutesToRespond: minutesOf(draft.minutesToRespond),
    reAlarmMinutes: draft.reAlarmMinutes.trim() === '' ? null : minutesOf(draft.reAlarmMinutes),
  };
  for (const [path, value] of Object.entries(numbers)) {
    const isMissing = path === 'minutesToRespond' && draft.minutesToRespond.trim() === '';
    if (Number.isNaN(value)) errors.set(path, { kind: isMissing ? 'required' : 'number' });
  }
  if (note.trim() === '') errors.set('note', { kind: 'required' });
  else if (note.trim().length > NOTE_MOST) errors.set('note', { kind: 'tooLong', bound: NOTE_MOST });
  const content = alarmDefinitionContentSchema.safeParse({ ...rest, ...numbers });
  for (const issue of content.error?.issues ?? []) {
    const path = issue.path.join('.');
    if (!errors.has(path)) errors.set(path, errorOf(issue));
  }
  if (errors.size > 0 || !content.success) return { kind: 'wrong', errors };
  return { kind: 'fine', content: content.data, note: note.trim() };
}

type Issue = Extract<
  ReturnType<typeof alarmDefinitionContentSchema.safeParse>,
  { success: false }
>['error']['issues'][number];

function errorOf(issue: Issue): DraftError {
  if (issue.code === 'too_big') {
    const bound = Number(issue.maximum);
    return { kind: issue.origin === 'string' ? 'tooLong' : issue.origin === 'array' ? 'tooMany' : 'atMost', bound };
  }
  if (issue.code === 'too_small' && issue.origin === 'number') return { kind: 'over', bound: Number(issue.minimum) };
  return { kind: issue.code === 'too_small' ? 'required' : 'number' };
}
