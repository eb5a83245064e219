import type { AlarmDefinition } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../../api/call.js';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { Failed } from '../../words/Failed.js';
import { DefinitionDetail } from './detail/DefinitionDetail.js';
import { focusTitle } from './detail/title-id.js';
import { DefinitionForm } from './edit/DefinitionForm.js';
import { contentOf } from './edit/draft.js';
import { useDefinitionsSearch } from './search.js';
import { SAVED_NOTICE, hideSavedNotice, useDefinition, useSaveDefinition } from './use-definitions.js';
import styles from './definitions.module.css';

/** The chosen definition, read or edited. */
export function OpenDefinition({ definitionId }: { readonly definitionId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useDefinition(definitionId);
  const { search, change } = useDefinitionsSearch();
  const isClosed = useActsClosed() !== undefined;
  const may = useMay('engineer') && !isClosed;
  const save = useSaveDefinition();
  const isEdited = search.edit === true && may;
  const wasEdited = useRef(isEdited);
  useEffect(() => {
    // The button that ended the edit is gone: the focus goes to what it left.
    if (wasEdited.current && !isEdited) focusTitle();
    // A notice would stand over the button that saves.
    if (isEdited) hideSavedNotice();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const whyNot = (refusal: Error): string =>
    refusal instanceof CallError && refusal.status !== 0 ? refusal.message : t('errors.notReached');

  if (data === undefined) {
    const isUnknown = error instanceof CallError && (error.status === 404 || error.status === 400);
    if (isUnknown)
      return (
        <div className={styles.message} role="alert">
          <p>{t('definitions.notFound', { id: definitionId })}</p>
          <Button size="xs" variant="default" onClick={() => change({ def: undefined, edit: undefined })}>
            {t('definitions.backToList')}
          </Button>
        </div>
      );
    if (error !== null)
      return (
        <div className={styles.message}>
          <Failed what={t('definitions.whatOne')} error={error} onRetry={() => void refetch()} />
        </div>
      );
    return <div aria-busy="true" aria-label={t('words.loading')} className={styles.skeleton} />;
  }

  const tell = (message: string): void => {
    hideSavedNotice();
    notifications.show({ id: SAVED_NOTICE, message, withBorder: true });
  };
  /** Takes a save back: the version before it is made the newest anew. */
  const undo = (saved: AlarmDefinition, before: AlarmDefinition): void => {
    hideSavedNotice();
    const note = t('definitions.form.undoNote', { version: saved.version });
    save.mutate(
      { definitionId, expectedVersion: saved.version, content: contentOf(before), note },
      {
        onSuccess: ({ version }) => tell(t('definitions.form.undone', { version })),
        onError: (refusal) => tell(t('definitions.form.notUndone', { why: whyNot(refusal) })),
      },
    );
  };
  const onSaved = (saved: AlarmDefinition, before: AlarmDefinition): void => {
    notifications.show({
      id: SAVED_NOTICE,
      withBorder: true,
      autoClose: 20_000,
      closeButtonProps: { 'aria-label': t('words.close') },
      message: (
        <span className={styles.notice}>
          {t('definitions.form.saved', { version: saved.version })}
          <Button size="compact-xs" variant="default" onClick={() => undo(saved, before)} data-testid="undo">
            {t('definitions.form.undo')}
          </Button>
        </span>
      ),
    });
    change({ edit: undefined, version: undefined });
  };
  const newest = data.definition;

  if (isEdited)
    return (
      <DefinitionForm
        newest={newest}
        onSaved={(saved) => onSaved(saved, newest)}
        onCancel={() => change({ edit: undefined })}
      />
    );
  return (
    <DefinitionDetail
      versions={data.versions}
      onRestore={(older) => {
        const note = t('definitions.versions.restoreNote', { version: older.version });
        save.mutate(
          { definitionId, expectedVersion: newest.version, content: contentOf(older), note },
          {
            onSuccess: (saved) => onSaved(saved, newest),
            onError: (refusal) => tell(t('definitions.form.refused', { why: whyNot(refusal) })),
          },
        );
      }}
    />
  );
}
