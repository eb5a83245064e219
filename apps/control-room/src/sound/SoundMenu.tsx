import { PRIORITIES } from '@lifeline/contracts';
import { Button, Popover, Slider, Switch } from '@mantine/core';
import { BellOffIcon, Volume2Icon, VolumeXIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useLanguage } from '../i18n/languages.js';
import { useCell } from '../live/cell.js';
import { useNowMs } from '../live/now.js';
import { isOurTurn } from './one-window.js';
import { canSpeak, outlet } from './outlet.js';
import { MUTE_MINUTES, changePreferences, leftOfMute, soundPreferences } from './preferences.js';
import { SOUND_GAP_MS } from './sound-desk.js';
import styles from './sound.module.css';

/** In the top bar: whether alarms are heard here, how long they are muted, and the way to change it. */
export function SoundMenu() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { sound, mutedUntilMs } = useCell(soundPreferences);
  const leave = useCell(outlet.leave);
  const isOurs = useCell(isOurTurn);
  const nowMs = useNowMs();
  const left = sound === 'on' ? leftOfMute(mutedUntilMs, nowMs) : undefined;
  const state = sound === 'off' ? 'off' : left !== undefined ? 'muted' : leave === 'given' ? 'on' : 'asks';
  const Icon = state === 'muted' ? BellOffIcon : state === 'on' ? Volume2Icon : VolumeXIcon;
  const words = state === 'muted' ? t('sound.muted', { left }) : t(`sound.${state}`);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          aria-label={`${t('sound.button')}: ${words}`}
          title={words}
          data-testid="sound"
          data-state={state}
          data-turn={isOurs ? 'ours' : 'other'}
          onClick={() => setOpened(!opened)}
        >
          <Icon size={18} strokeWidth={1.6} aria-hidden />
          <span className={state === 'on' || state === 'off' ? styles.wide : undefined}>{words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label={t('sound.title')} data-testid="sound-menu">
        {sound === 'off' ? <SoundOff /> : <SoundOn left={left} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function SoundOff() {
  const { t } = useTranslation();
  return (
    <>
      <Button
        size="sm"
        fullWidth
        data-autofocus
        onClick={() => {
          changePreferences({ sound: 'on' });
          outlet.ask();
        }}
        data-testid="sound-on"
      >
        {t('sound.turnOn')}
      </Button>
      <p>{t('sound.why')}</p>
    </>
  );
}

function SoundOn({ left }: { readonly left: string | undefined }) {
  const { t } = useTranslation();
  const { speech, volume } = useCell(soundPreferences);
  const { language } = useLanguage();
  const leave = useCell(outlet.leave);
  const isOurs = useCell(isOurTurn);
  return (
    <>
      {leave === 'asks' && <p role="status">{t('sound.asksLong')}</p>}
      {leave === 'given' && !isOurs && <p role="status">{t('sound.otherWindow')}</p>}
      {leave === 'impossible' && <p role="alert">{t('sound.impossible')}</p>}
      <h3>{t('sound.mute')}</h3>
      {left === undefined ? (
        <div className={styles.row}>
          {MUTE_MINUTES.map((minutes) => (
            <Button
              key={minutes}
              size="xs"
              variant="default"
              aria-label={t('sound.muteFor', { minutes })}
              onClick={() => {
                changePreferences({ mutedUntilMs: Date.now() + minutes * 60_000 });
                outlet.hush();
              }}
              data-testid={`mute-${minutes}`}
            >
              {t('sound.minutes', { minutes })}
            </Button>
          ))}
        </div>
      ) : (
        <Button
          size="xs"
          variant="default"
          fullWidth
          onClick={() => changePreferences({ mutedUntilMs: 0 })}
          data-testid="end-mute"
        >
          {t('sound.endMute', { left })}
        </Button>
      )}
      <h3>{t('sound.volume')}</h3>
      <Slider
        size="sm"
        min={0.1}
        max={1}
        step={0.1}
        value={volume}
        label={null}
        onChange={(value) => changePreferences({ volume: value })}
        thumbLabel={t('sound.volume')}
      />
      <h3>{t('sound.try')}</h3>
      <div className={styles.row}>
        {PRIORITIES.map((priority) => (
          <button
            key={priority}
            type="button"
            className={styles.try}
            title={t('sound.tryThis', { priority: t(`priority.${priority}`) })}
            onClick={() => {
              outlet.ask();
              outlet.play(priority, volume);
              if (speech === 'on') outlet.say(t(`sound.priority.${priority}`), language, priority, volume);
            }}
            data-testid={`try-${priority}`}
          >
            <PriorityMark priority={priority} state="acknowledged" size={20} />
          </button>
        ))}
      </div>
      <Switch
        size="xs"
        label={t('sound.speech')}
        checked={speech === 'on'}
        disabled={!canSpeak()}
        onChange={(event) => {
          changePreferences({ speech: event.currentTarget.checked ? 'on' : 'off' });
          if (!event.currentTarget.checked) outlet.hush();
        }}
        data-testid="speech"
      />
      {!canSpeak() && <p>{t('sound.noVoice')}</p>}
      <p className="quiet">{t('sound.rules', { gap: SOUND_GAP_MS / 1000 })}</p>
      <Button
        size="xs"
        variant="default"
        fullWidth
        onClick={() => changePreferences({ sound: 'off', mutedUntilMs: 0 })}
        data-testid="sound-off"
      >
        {t('sound.turnOff')}
      </Button>
    </>
  );
}
