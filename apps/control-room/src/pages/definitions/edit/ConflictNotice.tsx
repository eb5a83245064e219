import type { AlarmDefinition } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { hourMinuteSecond } from '../../../words/times.js';
import { useZone } from '../../../words/use-words.js';
import { Changes } from '../versions/Changes.js';
import { changedParts } from '../versions/content-changes.js';
import { contentOf } from './draft.js';
import styles from './form.module.css';

interface ConflictProps {
  readonly base: AlarmDefinition;
  readonly theirs: AlarmDefinition;
  readonly onKeep: () => void;
  readonly onDrop: () => void;
}

/** Tells that another saved meanwhile, and what: nothing of either's work is lost without a word. */
export function ConflictNotice({ base, theirs, onKeep, onDrop }: ConflictProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const notice = useRef<HTMLElement>(null);
  useEffect(() => notice.current?.focus(), [theirs.version]);
  const isSame = changedParts(contentOf(base), contentOf(theirs)).length === 0;
  return (
    <section ref={notice} className={styles.conflict} role="alert" tabIndex={-1} data-testid="conflict">
      <h3>
        {t('definitions.conflict.title', {
          who: theirs.editedBy ?? t('definitions.versions.shipped'),
          version: theirs.version,
          time: hourMinuteSecond(theirs.editedAtMs, zone),
        })}
      </h3>
      {theirs.note !== null && <p>{t('definitions.conflict.note', { note: theirs.note })}</p>}
      <p>{isSame ? t('definitions.conflict.same') : t('definitions.conflict.changed', { version: base.version })}</p>
      <Changes before={contentOf(base)} after={contentOf(theirs)} />
      <div className={styles.acts}>
        <Button size="xs" onClick={onKeep} data-testid="keep-mine">
          {t('definitions.conflict.keep', { version: theirs.version })}
        </Button>
        <Button size="xs" variant="default" onClick={onDrop} data-testid="drop-mine">
          {t('definitions.conflict.drop')}
        </Button>
      </div>
    </section>
  );
}
