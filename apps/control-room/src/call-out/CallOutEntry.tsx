import { callOutState, deliveryOf, isResult, mayFollow, type CallOut, type SaidResult } from '@lifeline/contracts';
import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useNameIn, useZone } from '../words/use-words.js';
import { DeliveryLine } from './DeliveryLine.js';
import { PhoneLink } from './PhoneLink.js';
import { ReachedForm } from './ReachedForm.js';
import { useCallOutActs } from './use-call-out-acts.js';
import { useStateWords } from './use-state-words.js';
import styles from './call-out.module.css';

interface CallOutEntryProps {
  readonly callOut: CallOut;
  /** Nobody answered: the next on the list is wanted. */
  readonly onNoAnswer: (callOut: CallOut) => void;
  /** Whether the keyboard begins here. */
  readonly focus?: 'first' | 'none';
  /** Why nothing may be said of it; undefined while it may. */
  readonly closed?: string | undefined;
}

/** One call-out: who was called, how it stands, what was said of it and by whom, and what may be said next. */
export function CallOutEntry({ callOut, onNoAnswer, focus = 'none', closed }: CallOutEntryProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const stateWords = useStateWords();
  const { say } = useCallOutActs();
  const [asking, setAsking] = useState<'reached'>();
  const [progress, setProgress] = useState<'idle' | 'busy'>('idle');
  const state = callOutState(callOut);
  const { crew } = callOut;
  /** What most likely comes next: the keyboard waits there. */
  const next = state === 'reached' ? 'arrived' : 'reached';
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus === 'first' && asking === undefined) first.current?.focus();
  }, [focus, asking, state]);

  async function tell(result: SaidResult): Promise<void> {
    setProgress('busy');
    const isTaken = await say(callOut, result);
    setProgress('idle');
    setAsking(undefined);
    if (isTaken && result.kind === 'no-answer') onNoAnswer(callOut);
  }
  const act = (kind: 'no-answer' | 'arrived' | 'stood-down') =>
    mayFollow(callOut, kind) && (
      <Button
        size="compact-sm"
        variant="default"
        disabled={progress === 'busy' || closed !== undefined}
        title={closed}
        data-testid={`call-out-${kind}`}
        ref={kind === next ? first : undefined}
        data-autofocus={(focus === 'first' && kind === next) || undefined}
        onClick={() => void tell({ kind })}
      >
        {t(`callOut.act.${kind}`)}
      </Button>
    );

  return (
    <article
      className={styles.entry}
      data-testid="call-out"
      data-call-out-id={callOut.callOutId}
      data-state={state}
      aria-label={t('callOut.of', { crew: nameIn(crew.name) })}
    >
      <div className={styles.entryHead}>
        <strong>{nameIn(crew.name)}</strong>
        <PhoneLink phone={crew.phone} />
      </div>
      <div className={styles.state} data-testid="call-out-state">
        {stateWords(callOut)}
      </div>
      <DeliveryLine fares={deliveryOf(callOut)} state={state} />
      <details className={styles.more}>
        <summary>{t('callOut.said', { by: callOut.by, time: shortTime(callOut.atMs, nowMs, zone) })}</summary>
        <p className={styles.message}>{callOut.message}</p>
      </details>
      <ol className={styles.steps}>
        {callOut.steps.filter(isResult).map((step) => (
          <li key={step.sequence} data-testid="call-out-result" data-kind={step.kind}>
            <time dateTime={new Date(step.atMs).toISOString()}>{shortTime(step.atMs, nowMs, zone)}</time>
            <span>
              {step.kind === 'reached' && step.who !== ''
                ? t('callOut.result.reachedWho', { who: step.who })
                : t(`callOut.result.${step.kind}`)}
              {step.kind === 'reached' &&
                step.expectedAtMs !== null &&
                ` · ${t('callOut.tells.arrives', { time: shortTime(step.expectedAtMs, nowMs, zone) })}`}
              {step.note !== '' && ` · ${step.note}`}
              <span className="quiet"> · {step.by}</span>
            </span>
          </li>
        ))}
      </ol>
      {asking === 'reached' ? (
        <ReachedForm
          onCancel={() => setAsking(undefined)}
          onSend={(who, expectedAtMs) => void tell({ kind: 'reached', who, expectedAtMs })}
        />
      ) : (
        <Group gap={8} mt={6}>
          {mayFollow(callOut, 'reached') && (
            <Button
              size="compact-sm"
              variant={state === 'called' ? 'filled' : 'default'}
              disabled={progress === 'busy' || closed !== undefined}
              title={closed}
              data-testid="call-out-reached"
              ref={next === 'reached' ? first : undefined}
              data-autofocus={(focus === 'first' && next === 'reached') || undefined}
              onClick={() => setAsking('reached')}
            >
              {t(`callOut.ask.${state}`)}…
            </Button>
          )}
          {act('no-answer')}
          {act('arrived')}
          {act('stood-down')}
        </Group>
      )}
    </article>
  );
}
