import type { WeeklySpan } from '@lifeline/contracts';
import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { PlusIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../words/use-words.js';
import { NEW_SPAN, type DutyValues } from './form-values.js';
import styles from './duty.module.css';

interface HoursFieldProps {
  readonly values: Pick<DutyValues, 'when' | 'spans'>;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<DutyValues>) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MOST_SPANS = 21;

/** When they are on call: always, or by spans of the week, each with its days, from and to. */
export function HoursField({ values: { when, spans }, error, onChange }: HoursFieldProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const put = (at: number, change: Partial<WeeklySpan>): void =>
    onChange({ spans: spans.map((span, i) => (i === at ? { ...span, ...change } : span)) });
  return (
    <fieldset className={styles.hours}>
      <legend>{t('duty.form.when')}</legend>
      <SegmentedControl
        size="xs"
        aria-label={t('duty.form.when')}
        value={when}
        onChange={(value) => onChange({ when: value === 'weekly' ? 'weekly' : 'always' })}
        data={[
          { value: 'always', label: t('duty.form.always') },
          { value: 'weekly', label: t('duty.form.weekly') },
        ]}
        data-testid="duty-when"
      />
      {when === 'weekly' && (
        <>
          {spans.map((span, at) => (
            <div key={at} className={styles.span} role="group" aria-label={t('duty.form.span', { number: at + 1 })}>
              <div className={styles.dayBoxes}>
                {DAYS.map((day) => (
                  <Checkbox
                    key={day}
                    size="sm"
                    styles={{ label: { fontSize: 'var(--mantine-font-size-xs)', paddingInlineStart: 6 } }}
                    label={t(`duty.day.${day}`)}
                    checked={span.days.includes(day)}
                    onChange={(event) =>
                      put(at, {
                        days: event.currentTarget.checked
                          ? [...span.days, day].sort((a, b) => a - b)
                          : span.days.filter((one) => one !== day),
                      })
                    }
                    data-testid={`span-${at}-day-${day}`}
                  />
                ))}
              </div>
              <TextInput
                size="xs"
                inputMode="numeric"
                maxLength={5}
                placeholder="08:00"
                label={t('duty.form.from')}
                value={span.from}
                onChange={(event) => put(at, { from: event.currentTarget.value })}
                data-testid={`span-${at}-from`}
              />
              <TextInput
                size="xs"
                inputMode="numeric"
                maxLength={5}
                placeholder="08:00"
                label={t('duty.form.to')}
                value={span.to}
                onChange={(event) => put(at, { to: event.currentTarget.value })}
                data-testid={`span-${at}-to`}
              />
              <Button
                size="compact-xs"
                variant="default"
                disabled={spans.length === 1}
                onClick={() => onChange({ spans: spans.filter((_, i) => i !== at) })}
              >
                {t('duty.form.removeSpan')}
              </Button>
            </div>
          ))}
          <Button
            size="compact-xs"
            variant="default"
            className={styles.addSpan}
            leftSection={<PlusIcon size={13} strokeWidth={1.6} aria-hidden />}
            disabled={spans.length >= MOST_SPANS}
            onClick={() => onChange({ spans: [...spans, NEW_SPAN] })}
            data-testid="add-span"
          >
            {t('duty.form.addSpan')}
          </Button>
          <p className={styles.hint}>{t('duty.form.zone', { zone })}</p>
        </>
      )}
      {error !== undefined && (
        <p role="alert" className={styles.refused}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
