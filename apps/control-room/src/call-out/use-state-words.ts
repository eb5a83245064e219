import { newestResult, type CallOut } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useAgeWords, useZone } from '../words/use-words.js';
import type { Telling } from './telling-call-out.js';

/** Says in a few words how a call-out stands, with its age. */
export function useStateWords(): (callOut: CallOut) => string {
  const tellingWords = useTellingWords();
  const { t } = useTranslation();
  const ageWords = useAgeWords();
  const nowMs = useNowMs(1000);
  return (callOut) => {
    const result = newestResult(callOut);
    if (result === undefined) return tellingWords({ kind: 'called', atMs: callOut.atMs });
    switch (result.kind) {
      case 'reached':
        return tellingWords({ kind: 'coming', expectedAtMs: result.expectedAtMs });
      case 'stood-down':
        return t('callOut.tells.stoodDown', { age: ageWords(nowMs - result.atMs) });
      default:
        return tellingWords({ kind: result.kind, atMs: result.atMs });
    }
  };
}

/** Says what the line of an alarm tells of its call-outs: "called out 4 min ago", "arrives 02:40". */
export function useTellingWords(): (telling: Telling) => string {
  const { t } = useTranslation();
  const zone = useZone();
  const ageWords = useAgeWords();
  const nowMs = useNowMs(1000);
  return (telling) => {
    switch (telling.kind) {
      case 'called':
        return t('callOut.tells.called', { age: ageWords(nowMs - telling.atMs) });
      case 'no-answer':
        return t('callOut.tells.noAnswer', { age: ageWords(nowMs - telling.atMs) });
      case 'arrived':
        return t('callOut.tells.arrived', { time: shortTime(telling.atMs, nowMs, zone) });
      case 'coming': {
        const { expectedAtMs } = telling;
        if (expectedAtMs === null) return t('callOut.tells.coming');
        const time = shortTime(expectedAtMs, nowMs, zone);
        if (nowMs - expectedAtMs < LATE_MS) return t('callOut.tells.arrives', { time });
        return t('callOut.tells.late', { time, age: ageWords(nowMs - expectedAtMs) });
      }
    }
  };
}

/** Nobody is late by seconds. */
const LATE_MS = 60_000;
