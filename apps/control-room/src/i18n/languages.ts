import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import pastEn from '../past/en.json';
import pastZh from '../past/zh.json';
import dutyEn from '../pages/duty/en.json';
import dutyZh from '../pages/duty/zh.json';
import definitionsEn from '../pages/definitions/en.json';
import definitionsZh from '../pages/definitions/zh.json';
import historyEn from '../pages/history/en.json';
import historyZh from '../pages/history/zh.json';
import maintenanceEn from '../pages/maintenance/en.json';
import maintenanceZh from '../pages/maintenance/zh.json';
import callOutEn from '../call-out/en.json';
import callOutZh from '../call-out/zh.json';
import incidentsPageEn from '../pages/incidents/en.json';
import incidentsPageZh from '../pages/incidents/zh.json';
import incidentsEn from '../incidents/en.json';
import incidentsZh from '../incidents/zh.json';
import performanceEn from '../pages/performance/en.json';
import performanceZh from '../pages/performance/zh.json';
import sensorsEn from '../pages/sensors/en.json';
import sensorsZh from '../pages/sensors/zh.json';
import refusalsEn from '../refusals/en.json';
import refusalsZh from '../refusals/zh.json';
import soundEn from '../sound/en.json';
import soundZh from '../sound/zh.json';
import en from './en.json';
import zh from './zh.json';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name: whoever looks for it must be able to read it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' };

/** The words of each language; a page's own are one line here. */
const WORDS = {
  en: {
    ...en,
    sensors: sensorsEn,
    performance: performanceEn,
    definitions: definitionsEn,
    history: historyEn,
    past: pastEn,
    maintenance: maintenanceEn,
    refusals: refusalsEn,
    incidents: incidentsEn,
    callOut: callOutEn,
    duty: dutyEn,
    incidentsPage: incidentsPageEn,
    sound: soundEn,
  },
  zh: {
    ...zh,
    sensors: sensorsZh,
    performance: performanceZh,
    definitions: definitionsZh,
    history: historyZh,
    past: pastZh,
    maintenance: maintenanceZh,
    refusals: refusalsZh,
    incidents: incidentsZh,
    callOut: callOutZh,
    duty: dutyZh,
    incidentsPage: incidentsPageZh,
    sound: soundZh,
  },
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof WORDS.en };
  }
}

const STORED = 'lifeline.language';

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function told(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** Loads both languages; they are small and a switch must not wait. */
export async function startLanguages(): Promise<void> {
  i18next.on('languageChanged', told);
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: WORDS.en }, zh: { translation: WORDS.zh } },
    lng: firstLanguage(),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
}

export function useLanguage(): { readonly language: Language; choose(language: Language): void } {
  const { i18n } = useTranslation();
  return {
    language: i18n.language === 'zh' ? 'zh' : 'en',
    choose: (language) => {
      localStorage.setItem(STORED, language);
      void i18n.changeLanguage(language);
    },
  };
}
