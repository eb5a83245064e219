import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/languages.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useAnnouncedAlarms, useLive } from '../live/live-context.js';
import { useNameIn } from '../words/use-words.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { outlet } from './outlet.js';
import { followPreferences, soundPreferences } from './preferences.js';
import { isOurTurn, takeTurn } from './one-window.js';
import { shortReason } from './short-reason.js';
import { SoundDesk, type Sounding } from './sound-desk.js';

/** Lets new alarms be heard, and said, as this browser's person wants it. Draws nothing. */
export function AlarmSound() {
  const announced = useAnnouncedAlarms();
  const { loaded } = useCell(useLive().alarms);
  const { sound, mutedUntilMs } = useCell(soundPreferences);
  const sentenceOf = useSentence();
  const { language } = useLanguage();
  const voice = useRef({ sentenceOf, language });
  useEffect(() => void (voice.current = { sentenceOf, language }), [sentenceOf, language]);
  const desk = useRef<SoundDesk<StandingAlarm>>(undefined);
  const leave = useCell(outlet.leave);
  useEffect(() => {
    if (sound === 'off' || leave !== 'given') return undefined;
    const letGo = takeTurn(() => isOurTurn.set(true));
    return () => {
      isOurTurn.set(false);
      letGo();
    };
  }, [sound, leave]);

  useEffect(() => followPreferences(), []);
  useEffect(() => {
    const made = new SoundDesk<StandingAlarm>({
      nowMs: () => Date.now(),
      later: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      sound: (sounding) => {
        const { sound: chosen, speech, volume } = soundPreferences.get();
        if (chosen === 'off' || !isOurTurn.get()) return;
        outlet.play(sounding.worst.priority, volume);
        const { sentenceOf: say, language: tongue } = voice.current;
        if (speech === 'on') outlet.say(say(sounding), tongue, sounding.worst.priority, volume);
      },
    });
    desk.current = made;
    return () => {
      made.stop();
      outlet.hush();
    };
  }, []);
  useEffect(() => desk.current?.muteUntil(mutedUntilMs), [mutedUntilMs]);
  useEffect(() => {
    if (loaded) desk.current?.take(announced);
  }, [announced, loaded]);
  // A browser gives leave in the course of a click or a key only: after a reload, with the first one on the page.
  useEffect(() => {
    if (sound === 'off') {
      outlet.hush();
      return undefined;
    }
    outlet.ask();
    const ask = (): void => outlet.ask();
    const gestures = ['pointerdown', 'keydown'] as const;
    for (const gesture of gestures) window.addEventListener(gesture, ask);
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, ask);
    };
  }, [sound]);
  return null;
}

/** What and where, short enough to be heard out. */
function useSentence(): (sounding: Sounding<StandingAlarm>) => string {
  const { t } = useTranslation();
  const names = useSensorNames();
  const nameIn = useNameIn();
  const { language } = useLanguage();
  const live = useLive();
  const assets = useCell(live.assets);
  const { byId } = useCell(live.sensors);
  return ({ worst, count }) => {
    const { what, place } = names.ofAlarm(worst);
    const asset = assets.get(worst.assetId ?? byId.get(worst.sensorId)?.assetId ?? '');
    const where = place ?? (asset === undefined ? undefined : nameIn({ en: asset.name, zh: asset.nameZh }));
    const limit =
      worst.limit === null || worst.limit.kind === 'finding' || worst.limit.kind === 'band'
        ? (shortReason(nameIn(worst.reason), language) ?? t(`rule.${worst.rule}`))
        : t(`limit.${worst.limit.kind}`);
    const words = {
      priority: t(`sound.priority.${worst.priority}`),
      name: [what, limit].join(t('sound.comma')),
      where: where ?? '',
      count,
    };
    const said = where === undefined ? t('sound.says', words) : t('sound.saysWhere', words);
    return count === 1 ? said : `${t('sound.many', { count })} ${said}`;
  };
}
