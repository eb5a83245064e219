import { callOutState, type CallOut } from '@lifeline/contracts';
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../session/use-user.js';
import { Failed } from '../words/Failed.js';
import { CallOutEntry } from './CallOutEntry.js';
import { CallOutForm } from './CallOutForm.js';
import { useCallOuts, type About } from './use-call-outs.js';
import { useDuty } from './use-duty.js';
import { usePlace } from './use-place.js';
import styles from './call-out.module.css';

/** `next`: the form for whoever is called next; `newest`: how what was called stands, where somebody is called or on the way. */
export type Begin = 'next' | 'newest';

interface CallOutBodyProps {
  readonly about: About;
  readonly begin: Begin;
  readonly onClose: () => void;
}

/** What the dialog holds: the form, or the call-out that was made, to say what became of it. */
export function CallOutBody({ about, begin, onClose }: CallOutBodyProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useDuty();
  const place = usePlace(about);
  const callOuts = useCallOuts(about);
  const isEngineer = useMay('engineer');
  const [step, setStep] = useState<'form' | 'standing'>(() =>
    begin === 'newest' && callOuts.some(isUnderWay) ? 'standing' : 'form',
  );
  const underWay = callOuts.find(isUnderWay)?.callOutId;
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Nothing more is expected: the next Enter must not stand down who has just arrived.
    if (step === 'standing' && underWay === undefined) closing.current?.focus();
  }, [step, underWay]);
  if (step === 'standing') {
    return (
      <>
        {callOuts.map((callOut) => (
          <CallOutEntry
            key={callOut.callOutId}
            callOut={callOut}
            focus={callOut.callOutId === underWay ? 'first' : 'none'}
            onNoAnswer={() => setStep('form')}
          />
        ))}
        <Group justify="flex-end" gap={8} mt={12}>
          <Button size="xs" variant="default" onClick={() => setStep('form')} data-testid="call-out-another">
            {t('callOut.another')}
          </Button>
          <Button size="xs" variant="default" onClick={onClose} ref={closing}>
            {t('words.close')}
          </Button>
        </Group>
      </>
    );
  }
  if (error !== null && data === undefined)
    return <Failed what={t('callOut.roster')} error={error} onRetry={() => void refetch()} />;
  if (data === undefined || place === undefined)
    return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
  if (data.items.length === 0)
    return (
      <p data-testid="roster-empty">
        {t(isEngineer ? 'callOut.emptyEngineer' : 'callOut.empty')} <Link to="/duty">{t('frame.duty')}</Link>
      </p>
    );
  return (
    <CallOutForm
      about={about}
      place={place}
      posts={data.items}
      delivery={data.delivery}
      before={callOuts}
      onSent={() => setStep('standing')}
      onCancel={onClose}
    />
  );
}

function isUnderWay(callOut: CallOut): boolean {
  const state = callOutState(callOut);
  return state === 'called' || state === 'reached';
}
