import { CONSEQUENCE_CLASSES, type AlarmDefinition } from '@lifeline/contracts';
import { Button, Checkbox, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../../../api/call.js';
import { useNameIn } from '../../../words/use-words.js';
import { PriorityMatrix } from '../detail/PriorityMatrix.js';
import { isConflict, useSaveDefinition } from '../use-definitions.js';
import { ConflictNotice } from './ConflictNotice.js';
import { LeaveGuard } from './LeaveGuard.js';
import { StepsField } from './StepsField.js';
import { WordsField } from './WordsField.js';
import { minutesOf } from './draft.js';
import { useDraft } from './use-draft.js';
import { useErrorWords } from './use-error-words.js';
import styles from './form.module.css';

interface FormProps {
  readonly newest: AlarmDefinition;
  readonly onSaved: (saved: AlarmDefinition) => void;
  readonly onCancel: () => void;
}

/** Edits a definition into its next version; another's save meanwhile is told, not overwritten. */
export function DefinitionForm({ newest, onSaved, onCancel }: FormProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const errorWords = useErrorWords();
  const form = useRef<HTMLFormElement>(null);
  const edit = useDraft(newest);
  const { base, draft, errors, all, changes } = edit;
  const save = useSaveDefinition();
  // The newest is read anew while a save is under way: what it brings then is one's own.
  const isOvertaken = newest.version > base.version && !save.isPending && !save.isSuccess;
  const isSaved = useRef(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    edit.tryToSave();
    if (edit.result.kind === 'wrong') {
      const [first] = all.keys();
      requestAnimationFrame(() => {
        const field = form.current?.querySelector<HTMLElement>(`[name="${first}"]`);
        (field ?? form.current?.querySelector<HTMLElement>(`[data-field="${first}"] button:not(:disabled)`))?.focus();
      });
      return;
    }
    if (changes.length === 0) return;
    const { content, note } = edit.result;
    const { definitionId, version: expectedVersion } = base;
    save.mutate(
      { definitionId, expectedVersion, content, note },
      {
        onSuccess: (saved) => {
          isSaved.current = true;
          onSaved(saved);
        },
      },
    );
  };
  const why = save.error instanceof CallError && save.error.status !== 0 ? save.error.message : t('errors.notReached');
  const shared = { errors, onLeave: edit.leave };

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate data-testid="definition-form">
      <LeaveGuard mayLose={() => edit.isTouched && !isSaved.current} />
      <h2>{t('definitions.form.title', { title: nameIn(base.title) })}</h2>
      {isOvertaken && (
        <ConflictNotice
          base={base}
          theirs={newest}
          onKeep={() => {
            save.reset();
            edit.putUpon(newest);
          }}
          onDrop={() => {
            save.reset();
            edit.startFrom(newest);
          }}
        />
      )}
      {!isOvertaken && edit.clashes !== undefined && (
        <p className={styles.kept} role="status" data-testid="put-upon">
          {t('definitions.conflict.kept', { version: base.version })}{' '}
          {edit.clashes.length > 0 &&
            t('definitions.conflict.clashes', {
              parts: edit.clashes.map((part) => t(`definitions.part.${part}`)).join(', '),
            })}
        </p>
      )}
      <WordsField
        label={t('definitions.part.title')}
        path="title"
        value={draft.title}
        onChange={(title) => edit.change({ title })}
        {...shared}
      />
      <div className={styles.beside}>
        <div className={styles.column}>
          <NativeSelect
            size="xs"
            label={t('definitions.part.consequenceClass')}
            value={draft.consequenceClass}
            data={CONSEQUENCE_CLASSES.map((value) => ({ value, label: t(`definitions.class.${value}`) }))}
            onChange={(event) => {
              const chosen = CONSEQUENCE_CLASSES.find((known) => known === event.currentTarget.value);
              if (chosen !== undefined) edit.change({ consequenceClass: chosen });
            }}
            name="consequenceClass"
            data-testid="field-consequenceClass"
          />
          {(['minutesToRespond', 'reAlarmMinutes'] as const).map((part) => (
            <TextInput
              key={part}
              size="xs"
              inputMode="decimal"
              label={`${t(`definitions.part.${part}`)} (${t('definitions.form.minutes')})`}
              description={part === 'reAlarmMinutes' ? t('definitions.form.reAlarmHint') : undefined}
              value={draft[part]}
              error={errorWords(errors.get(part))}
              onChange={(event) => edit.change({ [part]: event.currentTarget.value })}
              onBlur={() => edit.leave(part)}
              name={part}
              data-testid={`field-${part}`}
            />
          ))}
          {(['latches', 'mayBeShelved'] as const).map((part) => (
            <Checkbox
              key={part}
              size="xs"
              label={t(`definitions.part.${part}`)}
              checked={draft[part]}
              onChange={(event) => edit.change({ [part]: event.currentTarget.checked })}
              name={part}
              data-testid={`field-${part}`}
            />
          ))}
        </div>
        <PriorityMatrix
          consequenceClass={draft.consequenceClass}
          minutesToRespond={minutesOf(draft.minutesToRespond)}
        />
      </div>
      {(['action', 'cause', 'consequence', 'owner'] as const).map((part) => (
        <WordsField
          key={part}
          label={t(`definitions.part.${part}`)}
          path={part}
          value={draft[part]}
          onChange={(words) => edit.change({ [part]: words })}
          {...shared}
        />
      ))}
      <StepsField steps={draft.procedure} onChange={(procedure) => edit.change({ procedure })} {...shared} />
      <TextInput
        size="xs"
        label={t('definitions.part.source')}
        value={draft.source}
        error={errorWords(errors.get('source'))}
        onChange={(event) => edit.change({ source: event.currentTarget.value })}
        onBlur={() => edit.leave('source')}
        name="source"
        data-testid="field-source"
      />
      <footer className={styles.foot}>
        <Textarea
          size="xs"
          autosize
          minRows={1}
          maxRows={4}
          label={t('definitions.form.note')}
          description={t('definitions.form.noteHint')}
          value={draft.note}
          error={errorWords(errors.get('note'))}
          onChange={(event) => edit.change({ note: event.currentTarget.value })}
          onBlur={() => edit.leave('note')}
          name="note"
          data-testid="field-note"
        />
        <div className={styles.acts}>
          <span role="status" className="quiet" data-testid="form-says">
            {errors.size > 0 && t('definitions.form.wrong', { count: errors.size })}
            {errors.size === 0 && changes.length === 0 && t('definitions.form.nothing')}
            {errors.size === 0 &&
              changes.length > 0 &&
              t('definitions.versions.changed', {
                parts: changes.map((part) => t(`definitions.part.${part}`)).join(', '),
              })}
          </span>
          <Button size="xs" variant="default" onClick={onCancel} data-testid="cancel-edit">
            {t('definitions.form.cancel')}
          </Button>
          <Button
            size="xs"
            type="submit"
            loading={save.isPending}
            disabled={changes.length === 0 || isOvertaken}
            data-testid="save-definition"
          >
            {t('definitions.form.save', { version: base.version + 1 })}
          </Button>
        </div>
        {save.isError && !isConflict(save.error) && (
          <p role="alert" className={styles.error}>
            {t('definitions.form.refused', { why })}
          </p>
        )}
      </footer>
    </form>
  );
}
