import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { PauseIcon, PlayIcon, StepBackIcon, StepForwardIcon } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';
import { useRealNowMs } from '../live/now.js';
import { dayOf, hourMinuteSecond } from '../words/times.js';
import { useAgeWords, useZone } from '../words/use-words.js';
import { SPEEDS, type PastMachine, type Speed } from './past-machine.js';
import { usePast, usePastAddress, usePastState } from './use-past.js';
import { isForPage, usePastKeys } from './use-past-keys.js';
import { useTyped } from './use-typed.js';
import styles from './past.module.css';

/** How far one step goes. */
const STEP_MS = 60_000;

/**
 * Across the page while the past is shown: of when it is, how it goes on, and the way back to now. A page that tells of now says
 * so where its address is of the past.
 */
export function PastBand() {
  const { machine } = usePast();
  const where = usePastAddress();
  if (machine !== undefined) return <Band machine={machine} />;
  return where === 'elsewhere' ? <NowBand /> : null;
}

function NowBand() {
  const { t } = useTranslation();
  const { leave } = usePast();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && isForPage(event)) leave();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [leave]);
  return (
    <div className={styles.band} role="region" aria-label={t('past.label')} data-testid="now-band">
      <strong>{t('past.linkClosed')}</strong>
      <Button size="compact-sm" className={styles.leave} onClick={leave} data-testid="past-leave">
        {t('past.leave')}
      </Button>
    </div>
  );
}

function Band({ machine }: { readonly machine: PastMachine }) {
  const { t } = useTranslation();
  const { goTo, leave } = usePast();
  const state = usePastState();
  usePastKeys(machine, leave);
  if (state === undefined) return null;
  const { isPlaying, speed, isLoading, fault } = state;
  return (
    <div
      className={styles.band}
      role="region"
      aria-label={t('past.label')}
      data-testid="past-band"
      data-loading={isLoading}
    >
      <Moment atMs={state.atMs} />
      <div className={styles.play}>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={t('past.stepBack')}
          title={t('past.stepBack')}
          data-testid="past-back"
          onClick={() => machine.step(-STEP_MS)}
        >
          <StepBackIcon size={14} strokeWidth={1.8} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={t(isPlaying ? 'past.pause' : 'past.play')}
          title={t(isPlaying ? 'past.pause' : 'past.play')}
          data-testid="past-play"
          data-playing={isPlaying}
          onClick={() => (isPlaying ? machine.pause() : machine.play())}
        >
          {isPlaying ? (
            <PauseIcon size={14} strokeWidth={1.8} aria-hidden />
          ) : (
            <PlayIcon size={14} strokeWidth={1.8} aria-hidden />
          )}
        </ActionIcon>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={t('past.stepForward')}
          title={t('past.stepForward')}
          data-testid="past-forward"
          onClick={() => machine.step(STEP_MS)}
        >
          <StepForwardIcon size={14} strokeWidth={1.8} aria-hidden />
        </ActionIcon>
        <SegmentedControl
          size="xs"
          aria-label={t('past.speed')}
          value={String(speed)}
          onChange={(value) => machine.setSpeed(Number(value) as Speed)}
          data={SPEEDS.map((value) => ({ value: String(value), label: `×${value}` }))}
          data-testid="past-speed"
        />
      </div>
      <GoTo onTime={goTo} />
      {isLoading && <span data-testid="past-loading">{t('past.loading')}</span>}
      {fault !== undefined && (
        <span role="alert" data-testid="past-fault">
          {t('past.fault', {
            why: fault instanceof CallError && fault.status !== 0 ? fault.message : t('errors.notReached'),
          })}
          <Button size="compact-xs" variant="default" onClick={() => void machine.seek(machine.state.get().atMs)}>
            {t('words.retry')}
          </Button>
        </span>
      )}
      <Button size="compact-sm" className={styles.leave} onClick={leave} data-testid="past-leave">
        {t('past.leave')}
      </Button>
    </div>
  );
}

/** Of when the picture is, and how long ago that was by the clock on the wall. */
function Moment({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation();
  const zone = useZone();
  const ageWords = useAgeWords();
  const nowMs = useRealNowMs();
  const day = dayOf(atMs, zone);
  const time = hourMinuteSecond(atMs, zone);
  return (
    <strong data-testid="past-moment">
      {t('past.asOf', {
        time: day === dayOf(nowMs, zone) ? time : `${day} ${time}`,
        // The page's clock may be almost a second behind.
        age: ageWords(Math.ceil((nowMs - atMs) / 1000) * 1000),
      })}
    </strong>
  );
}

/** A time to type: the way to any moment. */
function GoTo({ onTime }: { onTime(atMs: number): void }) {
  const { t } = useTranslation();
  const { field, isWrong } = useTyped(onTime);
  return (
    <TextInput
      size="xs"
      w={150}
      aria-label={t('past.goTo')}
      placeholder={t('past.goTo')}
      title={t('past.goToForm')}
      data-testid="past-go-to"
      error={isWrong}
      {...field}
    />
  );
}
