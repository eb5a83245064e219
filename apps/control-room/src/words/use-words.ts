import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useLanguage } from '../i18n/languages.js';
import { ageOf } from './times.js';

/** The city as the server tells it; asked once. */
export function useCity() {
  return useQuery({
    queryKey: ['city'],
    queryFn: ({ signal }) => call('getCity', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: true,
  });
}

/** Until the server has told the city's zone; all cities this is made for are in it. */
const ZONE = 'Asia/Shanghai';

export function useZone(): string {
  return useCity().data?.timeZone ?? ZONE;
}

/** Says an age ("3 min") in the chosen language. */
export function useAgeWords(): (ms: number) => string {
  const { t } = useTranslation();
  return useMemo(
    () => (ms: number) => {
      const { unit, count } = ageOf(ms);
      return t(`age.${unit}`, { count });
    },
    [t],
  );
}

/** Chooses between the two names that a thing of the city has. */
export function useNameIn(): (thing: { readonly en: string; readonly zh: string }) => string {
  const { language } = useLanguage();
  return useMemo(() => (thing) => (language === 'zh' ? thing.zh : thing.en), [language]);
}
