import { useTranslation } from 'react-i18next';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useAgeWords, useNameIn, useZone } from '../words/use-words.js';

export interface HoldWords {
  /** Who holds it back and why: "olga: pump on test". */
  readonly why: string;
  /** Until when, and the time left: "until 21:40 · 12 min left"; undefined where no time ends it. */
  readonly left: string | undefined;
}

/** Says of a held alarm who, why and until when; undefined of any other. */
export function useHoldWords(): (alarm: StandingAlarm) => HoldWords | undefined {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs();
  const ageWords = useAgeWords();
  const nameIn = useNameIn();
  return (alarm) => {
    const { holds, heldBy } = alarm;
    const state = shownState(alarm);
    if (holds === null) return undefined;
    if (state === 'suppressed') {
      const by = holds.explanation ? nameIn(holds.explanation) : (holds.suppressedBy ?? '–');
      return { why: t('holds.explains', { by }), left: undefined };
    }
    const who = heldBy?.actor ?? t('holds.somebody');
    const why = heldBy?.note ?? '';
    if (state === 'out-of-service') {
      const permit = t('holds.underPermit', { who, permit: holds.permit ?? '–' });
      return { why: why === '' ? permit : t('holds.whoWhy', { who: permit, why }), left: undefined };
    }
    if (state !== 'shelved') return undefined;
    const untilMs = holds.shelvedUntilMs ?? nowMs;
    return {
      why: why === '' ? who : t('holds.whoWhy', { who, why }),
      left: t('holds.left', { time: shortTime(untilMs, nowMs, zone), left: ageWords(untilMs - nowMs) }),
    };
  };
}
