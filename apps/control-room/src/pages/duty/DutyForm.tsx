import { UTILITIES, type DutyContent, type DutyPost } from '@lifeline/contracts';
import { MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { SendRow } from '../../forms/SendRow.js';
import { useSending } from '../../forms/use-sending.js';
import { useAssetWords } from '../../words/use-asset-words.js';
import { contentOf, newValues, valuesOf, type DutyFault, type DutyField, type DutyValues } from './form-values.js';
import { HoursField } from './HoursField.js';
import styles from './duty.module.css';

interface DutyFormProps {
  /** The entry to change; undefined: a new one. */
  readonly before: DutyPost | undefined;
  /** Rejects with `CallError` where the server refuses. */
  readonly onSave: (content: DutyContent) => Promise<void>;
  readonly onDone: () => void;
}

/** A crew or a post: its names, what it is for, its number, and when it is on call. */
export function DutyForm({ before, onSave, onDone }: DutyFormProps) {
  const { t } = useTranslation();
  const districts = useDistricts();
  const [values, setValues] = useState<DutyValues>(() => (before === undefined ? newValues() : valuesOf(before)));
  const [faults, setFaults] = useState<ReadonlyMap<DutyField, DutyFault>>(new Map());
  const { isSending, refused, send } = useSending();
  const change = (changed: Partial<DutyValues>): void => {
    setValues((old) => ({ ...old, ...changed }));
    // What was wrong with a field is not said of what is typed into it next.
    setFaults((old) => new Map([...old].filter(([field]) => !(field in changed))));
  };
  const errorOf = (field: DutyField): string | undefined => {
    const fault = faults.get(field);
    return fault && t(`duty.form.${fault}`);
  };
  const text = (key: 'nameEn' | 'nameZh' | 'canEn' | 'canZh' | 'phone', most: number) => ({
    size: 'xs' as const,
    required: true,
    withAsterisk: false,
    label: t(`duty.form.${key}`),
    value: values[key],
    maxLength: most,
    error: errorOf(key),
    onChange: (event: { currentTarget: { value: string } }) => change({ [key]: event.currentTarget.value }),
    'data-testid': `duty-${key}`,
  });

  const save = (): void => {
    const result = contentOf(values);
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
      data-testid="duty-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={styles.pair}>
        <TextInput {...text('nameEn', 80)} data-autofocus />
        <TextInput {...text('nameZh', 80)} />
      </div>
      <div className={styles.pair}>
        <TextInput {...text('canEn', 160)} />
        <TextInput {...text('canZh', 160)} />
      </div>
      <div className={styles.pair}>
        <NativeSelect
          size="xs"
          label={t('duty.form.utility')}
          value={values.utility}
          onChange={(event) => change({ utility: event.currentTarget.value as DutyValues['utility'] })}
          data={[
            ...UTILITIES.map((value) => ({ value, label: t(`utility.${value}`) })),
            { value: 'all', label: t('duty.allLifelines') },
          ]}
          data-testid="duty-utility"
        />
        <MultiSelect
          size="xs"
          searchable
          clearable
          hidePickedOptions
          label={t('duty.form.districts')}
          placeholder={values.districts.length === 0 ? t('duty.wholeCity') : undefined}
          nothingFoundMessage={t('duty.form.noDistrict')}
          data={withChosen(districts, values.districts)}
          value={[...values.districts]}
          onChange={(chosen) => change({ districts: chosen })}
          data-testid="duty-districts"
        />
      </div>
      <div className={styles.pair}>
        <TextInput {...text('phone', 42)} type="tel" />
        <NumberInput
          size="xs"
          label={t('duty.form.turn')}
          value={values.turn}
          min={1}
          max={9}
          allowDecimal={false}
          onChange={(turn) => change({ turn })}
          error={errorOf('turn')}
          data-testid="duty-turn"
        />
      </div>
      <HoursField values={values} error={errorOf('spans')} onChange={change} />
      <SendRow
        testId="duty-save"
        isSending={isSending}
        refused={refused && t('duty.form.refused', { why: refused })}
        onCancel={onDone}
      >
        {t('duty.form.save')}
      </SendRow>
    </form>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What was chosen stays to be seen where this page does not know it. */
function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(({ value }) => value));
  return [...options, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value }))];
}

/** The districts that the registry's assets are in. */
function useDistricts(): readonly Option[] {
  const assets = useCell(useLive().assets);
  const { district } = useAssetWords();
  return useMemo(
    () =>
      [...new Set([...assets.values()].map((asset) => asset.district))]
        .sort()
        .map((value) => ({ value, label: district(value) })),
    [assets, district],
  );
}
