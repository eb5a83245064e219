import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { REJECT_REASONS } from '@lifeline/contracts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SensorsShell } from '../SensorsShell.js';
import { readRejectsSearch, type RejectsSearch } from '../search.js';
import { Account } from './Account.js';
import { RejectTable } from './RejectTable.js';
import styles from './intake.module.css';

/** What could not become a reading, and the account of all that came. */
export function RejectsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { device, reason } = readRejectsSearch(useSearch({ strict: false }));
  const [typed, setTyped] = useState(device ?? '');
  const narrow = (to: { readonly [Key in keyof RejectsSearch]: RejectsSearch[Key] | undefined }): void =>
    void navigate({
      to: '/sensors/rejects',
      search: (before: RejectsSearch) => readRejectsSearch({ ...before, ...to }),
      replace: true,
    });
  const ask = useDebouncedCallback((deviceId: string) => narrow({ device: deviceId.trim() }), 300);
  return (
    <SensorsShell>
      <div className={styles.body}>
        <Account />
        <section aria-labelledby="rejects">
          <h2 id="rejects" className={styles.title}>
            {t('sensors.rejects.title')}
          </h2>
          <div className={styles.filters}>
            <NativeSelect
              size="xs"
              label={t('sensors.rejects.reason')}
              value={reason ?? ''}
              onChange={(event) =>
                narrow({ reason: REJECT_REASONS.find((known) => known === event.currentTarget.value) })
              }
              data={[
                { value: '', label: t('words.all') },
                ...REJECT_REASONS.map((value) => ({ value: value as string, label: t(`sensors.reason.${value}`) })),
              ]}
              data-testid="reject-reason"
            />
            <TextInput
              size="xs"
              label={t('sensors.field.deviceId')}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                ask(event.currentTarget.value);
              }}
              data-testid="reject-device"
            />
          </div>
          <RejectTable deviceId={device} reason={reason} show="all" />
        </section>
      </div>
    </SensorsShell>
  );
}
