import { LEARNING_RULES, VERDICTS, type Verdict } from '@lifeline/contracts';
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useJudge } from '../live/judge.js';
import { useNameIn } from '../words/use-words.js';
import styles from './why.module.css';

/**
 * What a person may say of an alarm that was learned: it is the new normal, or it was false. It cannot be taken back, since the
 * detector learns from it, so it is asked for once more, with a note.
 */
export function Verdicts({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ readonly verdict: Verdict; readonly time: number }>();
  const [shown, setShown] = useState<'shown' | 'hidden'>('hidden');
  if (!LEARNING_RULES.includes(alarm.rule) || alarm.state === 'normal') return null;
  // A false alarm is acknowledged by it, which an alarm that is held back cannot be.
  const possible = VERDICTS.filter((verdict) => verdict === 'new-normal' || alarm.holds === null);
  return (
    <Group gap={8} mt={8} className={styles.verdicts}>
      {possible.map((verdict) => (
        <Button
          key={verdict}
          size="xs"
          variant="default"
          title={t(`verdict.${verdict}.means`)}
          data-testid={`verdict-${verdict}`}
          onClick={() => {
            setAsked((before) => ({ verdict, time: (before?.time ?? 0) + 1 }));
            setShown('shown');
          }}
        >
          {t(`verdict.${verdict}.act`)}
        </Button>
      ))}
      {asked !== undefined && (
        <VerdictDialog
          key={asked.time}
          alarm={alarm}
          verdict={asked.verdict}
          shown={shown}
          onClose={() => setShown('hidden')}
        />
      )}
    </Group>
  );
}

interface VerdictDialogProps {
  readonly alarm: StandingAlarm;
  readonly verdict: Verdict;
  readonly shown: 'shown' | 'hidden';
  readonly onClose: () => void;
}

/** Stays as it closes: the Escape that closes it must not close the drawer behind it as well. */
function VerdictDialog({ alarm, verdict, shown, onClose }: VerdictDialogProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const judge = useJudge();
  const [note, setNote] = useState('');
  const [progress, setProgress] = useState<'idle' | 'busy'>('idle');
  const confirm = async (): Promise<void> => {
    setProgress('busy');
    await judge(alarm.alarmId, verdict, note);
    onClose();
  };
  return (
    <Modal
      opened={shown === 'shown'}
      onClose={onClose}
      title={t(`verdict.${verdict}.act`)}
      centered
      closeButtonProps={{ 'aria-label': t('words.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (progress === 'idle') void confirm();
        }}
      >
        <p className={styles.said}>{nameIn(alarm.reason)}</p>
        <p className="quiet">{t(`verdict.${verdict}.means`)}</p>
        <Textarea
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          label={t('alarms.note')}
          data-autofocus
          data-testid="verdict-note"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap={8} mt={16}>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('words.cancel')}
          </Button>
          <Button size="xs" type="submit" loading={progress === 'busy'} data-testid="verdict-confirm">
            {t(`verdict.${verdict}.act`)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
