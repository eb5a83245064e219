import { isHeld } from '@lifeline/alarms';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useActsClosed } from '../past/use-past.js';
import { useMay } from '../session/use-user.js';
import { useHoldWords } from './use-hold-words.js';
import { useHold } from './use-hold.js';
import { useHoldDialog, useShelveBar } from './use-hold-dialog.js';
import styles from './holds.module.css';

/** What may be done with an open alarm beside acknowledging it, and why not where it may not be. */
export function HoldActions({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const hold = useHold();
  const isEngineer = useMay('engineer');
  const { open, dialog } = useHoldDialog();
  const bar = useShelveBar()(alarm);
  const words = useHoldWords()(alarm);
  const state = shownState(alarm);
  if (state === 'normal') return null;
  const plain = { size: 'xs', variant: 'default', 'data-alarm-id': alarm.alarmId } as const;
  return (
    <>
      {words !== undefined && (
        <p className={styles.why} data-testid="hold-why">
          {words.why}
          {words.left !== undefined && ` · ${words.left}`}
        </p>
      )}
      {state === 'latched-acknowledged' && (
        <Button {...plain} data-testid="reset" onClick={() => void hold(alarm.alarmId, { kind: 'reset' })}>
          {t('holds.reset')}
        </Button>
      )}
      {bar === undefined && (
        <Button {...plain} data-testid="shelve" title={t('holds.shelveKey')} onClick={() => open(alarm, 'shelve')}>
          {t('holds.shelve')}…
        </Button>
      )}
      {isEngineer && state !== 'out-of-service' && (
        <Button {...plain} data-testid="take-out" onClick={() => open(alarm, 'remove-from-service')}>
          {t('holds.takeOut')}…
        </Button>
      )}
      {isHeld(state) && <EndHold alarm={alarm} />}
      {(bar === 'never' || bar === 'tooMany') && (
        <p className={styles.why} data-testid="shelve-bar">
          {t(`holds.bar.${bar}`)}
        </p>
      )}
      {state === 'latched-unacknowledged' && <p className={styles.why}>{t('holds.acknowledgeThenReset')}</p>}
      {dialog}
    </>
  );
}

/** Ends the hold that a person may end; what the plant explains ends with its explanation. */
export function EndHold({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const hold = useHold();
  const closed = useActsClosed();
  const isEngineer = useMay('engineer');
  const state = shownState(alarm);
  const kind = state === 'shelved' ? 'unshelve' : state === 'out-of-service' ? 'return-to-service' : undefined;
  if (kind === undefined) return null;
  if (kind === 'return-to-service' && !isEngineer) return <span className="quiet">{t('holds.engineerReturns')}</span>;
  return (
    <Button
      size="compact-xs"
      variant="default"
      data-testid={kind}
      data-alarm-id={alarm.alarmId}
      disabled={alarm.asked !== undefined || closed !== undefined}
      title={closed}
      onClick={(event) => {
        event.stopPropagation();
        void hold(alarm.alarmId, { kind });
      }}
    >
      {t(`holds.end.${kind}`)}
    </Button>
  );
}
