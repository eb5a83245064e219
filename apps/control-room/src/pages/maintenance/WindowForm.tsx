import {
  LONGEST_WINDOW_DAYS,
  MAINTENANCE_KINDS,
  WINDOW_BEGUN_MOST_MS,
  FURTHEST_WINDOW_DAYS,
} from '@lifeline/contracts';
import type { MaintenanceContent, MaintenanceKind, MaintenanceWindow } from '@lifeline/contracts';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendRow } from '../../forms/SendRow.js';
import { useSending } from '../../forms/use-sending.js';
import { useZone } from '../../words/use-words.js';
import { ScopePickers } from './ScopePickers.js';
import { contentOf, newValues, valuesOf, type FieldFault, type WindowField, type WindowValues } from './form-values.js';
import styles from './maintenance.module.css';

interface WindowFormProps {
  /** The window to change; undefined: a new one. */
  readonly before: MaintenanceWindow | undefined;
  /** Rejects with `CallError` where the server refuses. */
  readonly onSave: (content: MaintenanceContent) => Promise<void>;
  readonly onDone: () => void;
}

/** When, what is worked on, what is done, by whom and under which permit. */
export function WindowForm({ before, onSave, onDone }: WindowFormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const faultWords = useFaultWords();
  const [values, setValues] = useState<WindowValues>(() =>
    before === undefined ? newValues(Date.now(), zone) : valuesOf(before, zone),
  );
  const [faults, setFaults] = useState<ReadonlyMap<WindowField, FieldFault>>(new Map());
  const { isSending, refused, send } = useSending();
  const change = (changed: Partial<WindowValues>): void => setValues((old) => ({ ...old, ...changed }));
  const errorOf = (field: WindowField): string | undefined => {
    const fault = faults.get(field);
    return fault && faultWords(fault);
  };
  const text = (key: 'worker' | 'permit' | 'note') => ({
    size: 'xs' as const,
    label: t(`maintenance.form.${key}`),
    value: values[key],
    onChange: (event: { currentTarget: { value: string } }) => change({ [key]: event.currentTarget.value }),
    'data-testid': `window-${key}`,
  });
  const time = (key: 'from' | 'to') => ({
    size: 'xs' as const,
    type: 'datetime-local',
    required: true,
    withAsterisk: false,
    label: t(`maintenance.form.${key}`),
    value: values[key],
    onChange: (event: { currentTarget: { value: string } }) => change({ [key]: event.currentTarget.value }),
    error: errorOf(key),
    'data-testid': `window-${key}`,
  });

  const save = (): void => {
    const result = contentOf(values, Date.now(), zone, before);
    setFaults('faults' in result ? result.faults : new Map());
    if ('faults' in result) return;
    void send(async () => {
      await onSave(result.content);
      onDone();
    });
  };

  return (
    <form
      className={styles.form}
      noValidate
      data-testid="window-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={styles.pair}>
        <TextInput {...time('from')} data-autofocus />
        <TextInput {...time('to')} />
      </div>
      <p className={styles.hint}>{t('maintenance.form.zone', { zone, days: LONGEST_WINDOW_DAYS })}</p>
      <div className={styles.pair}>
        <NativeSelect
          size="xs"
          label={t('maintenance.form.kind')}
          value={values.kind}
          onChange={(event) => change({ kind: event.currentTarget.value as MaintenanceKind })}
          data={MAINTENANCE_KINDS.map((value) => ({ value, label: t(`maintenance.kind.${value}`) }))}
          data-testid="window-kind"
        />
        <TextInput {...text('permit')} required withAsterisk={false} maxLength={120} error={errorOf('permit')} />
      </div>
      <TextInput {...text('worker')} required withAsterisk={false} maxLength={120} error={errorOf('worker')} />
      <fieldset className={styles.scope}>
        <legend>{t('maintenance.form.scope')}</legend>
        <ScopePickers values={values} error={errorOf('scope')} onChange={change} />
      </fieldset>
      <TextInput {...text('note')} maxLength={500} />
      <Checkbox
        size="xs"
        label={t('maintenance.form.gas')}
        description={t('maintenance.form.gasWhy')}
        checked={values.gas === 'suppressed'}
        onChange={(event) => change({ gas: event.currentTarget.checked ? 'suppressed' : 'announced' })}
        data-testid="window-gas"
      />
      <SendRow
        testId="window-save"
        isSending={isSending}
        refused={refused && t('maintenance.form.refused', { why: refused })}
        onCancel={onDone}
      >
        {t('maintenance.form.save')}
      </SendRow>
    </form>
  );
}

/** The server's own words for what it would refuse, before it is asked. */
function useFaultWords(): (fault: FieldFault) => string {
  const { t } = useTranslation();
  return (fault) => {
    if (fault === 'needed' || fault === 'scopeNeeded' || fault === 'timeNeeded') return t(`maintenance.form.${fault}`);
    const days = fault === 'window-too-far' ? FURTHEST_WINDOW_DAYS : LONGEST_WINDOW_DAYS;
    return t(`refusals.${fault}`, { days, hours: WINDOW_BEGUN_MOST_MS / 3_600_000 });
  };
}
