import type { AlarmDefinition } from '@lifeline/contracts';
import { useMemo, useState } from 'react';
import { changedParts, merged, type Part } from '../versions/content-changes.js';
import { checked, contentOf, draftOf, minutesOf, type Draft, type DraftErrors } from './draft.js';

const NONE: DraftErrors = new Map();

/** An edit from the version it began with to its save. */
export function useDraft(newest: AlarmDefinition) {
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState<Draft>(() => draftOf(contentOf(newest)));
  /** Fields that were left: only these, and after a try to save all, are told what is wrong. */
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [clashes, setClashes] = useState<readonly Part[]>();
  const result = useMemo(() => checked(draft), [draft]);
  const all = result.kind === 'wrong' ? result.errors : NONE;
  const errors: DraftErrors = tried ? all : new Map([...all].filter(([path]) => left.has(path)));
  const changes = useMemo(
    () => (result.kind === 'fine' ? changedParts(contentOf(base), result.content) : changedLoosely(base, draft)),
    [base, draft, result],
  );
  return {
    /** The version that the edit stands upon. */
    base,
    draft,
    result,
    errors,
    all,
    /** Parts that the edit changes. */
    changes,
    isTouched: changes.length > 0 || draft.note.trim() !== '',
    /** Parts that another changed too, once the edit was put upon the other's version. */
    clashes,
    change: (over: Partial<Draft>): void => setDraft((before) => ({ ...before, ...over })),
    leave: (path: string): void => setLeft((before) => new Set(before).add(path)),
    tryToSave: (): void => setTried(true),
    /** Puts the edit upon what another saved meanwhile. */
    putUpon: (theirs: AlarmDefinition): void => {
      const mine = result.kind === 'fine' ? result.content : loosely(draft, base);
      const { content, clashes: both } = merged(contentOf(base), mine, contentOf(theirs));
      setDraft(draftOf(content, draft.note));
      setBase(theirs);
      setClashes(both);
    },
    startFrom: (theirs: AlarmDefinition): void => {
      setDraft(draftOf(contentOf(theirs), draft.note));
      setBase(theirs);
      setClashes(undefined);
    },
  };
}

/** A draft that cannot be saved yet as content: numbers that are none stay as they were. */
function loosely(draft: Draft, base: AlarmDefinition) {
  const { note: _note, ...rest } = draft;
  const [minutes, again] = [minutesOf(draft.minutesToRespond), minutesOf(draft.reAlarmMinutes)];
  return {
    ...rest,
    minutesToRespond: Number.isNaN(minutes) ? base.minutesToRespond : minutes,
    reAlarmMinutes: draft.reAlarmMinutes.trim() === '' ? null : Number.isNaN(again) ? base.reAlarmMinutes : again,
  };
}

function changedLoosely(base: AlarmDefinition, draft: Draft): Part[] {
  return changedParts(contentOf(base), loosely(draft, base));
}
