import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialog } from '../forms/use-dialog.js';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useOpenAlarms } from '../live/live-context.js';
import { useMayAct } from '../past/use-past.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn } from '../words/use-words.js';
import { PermitForm } from './PermitForm.js';
import { ShelveForm } from './ShelveForm.js';
import { shelveBar, type ShelveBar } from './may-shelve.js';
import { useAlarmBehaviour } from './use-alarm-behaviour.js';
import { useHold } from './use-hold.js';
import styles from './holds.module.css';

type Kind = 'shelve' | 'remove-from-service';

export interface HoldDialog {
  /** Opens the dialog; where the alarm may not be shelved, says why instead. */
  open(alarm: StandingAlarm, kind: Kind): void;
  /** To be drawn. */
  readonly dialog: ReactNode;
}

/** Why an alarm may not be shelved now; undefined where it may. */
export function useShelveBar(): (alarm: StandingAlarm) => ShelveBar | undefined {
  const open = useOpenAlarms();
  const behaviour = useAlarmBehaviour();
  return (alarm) => shelveBar(alarm, behaviour(alarm), open.filter((other) => shownState(other) === 'shelved').length);
}

/** The small dialog that shelves an alarm or takes it out of service. */
export function useHoldDialog(): HoldDialog {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const names = useSensorNames();
  const hold = useHold();
  const barOf = useShelveBar();
  const mayAct = useMayAct();
  const { open, dialog } = useDialog<{ readonly alarm: StandingAlarm; readonly kind: Kind }>(
    ({ alarm, kind }, close) => ({
      title: t(kind === 'shelve' ? 'holds.shelve' : 'holds.takeOut'),
      size: 'sm',
      body: (
        <div data-testid="hold-dialog">
          <strong>{names.ofAlarm(alarm).full}</strong>
          <p className={styles.said}>{nameIn(alarm.reason)}</p>
          {kind === 'shelve' ? (
            <ShelveForm
              onCancel={close}
              onSend={(minutes, reason) => {
                close();
                void hold(alarm.alarmId, { kind: 'shelve', minutes, reason });
              }}
            />
          ) : (
            <PermitForm
              onCancel={close}
              onSend={(permit, note) => {
                close();
                void hold(alarm.alarmId, { kind: 'remove-from-service', permit, note });
              }}
            />
          )}
        </div>
      ),
    }),
  );
  const openUnlessBarred = (alarm: StandingAlarm, kind: Kind): void => {
    if (!mayAct()) return;
    const bar = kind === 'shelve' ? barOf(alarm) : undefined;
    if (bar === undefined) return open({ alarm, kind });
    notifications.show({ title: t('holds.notDone.shelve'), message: t(`holds.bar.${bar}`), withBorder: true });
  };
  return { open: openUnlessBarred, dialog };
}
