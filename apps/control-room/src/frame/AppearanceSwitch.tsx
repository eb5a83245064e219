import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, LANGUAGE_NAMES, useLanguage } from '../i18n/languages.js';
import { useAppearance } from '../theme/appearance.js';
import styles from './frame.module.css';

/** Language and day or night. */
export function AppearanceSwitch() {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  const appearance = useAppearance();
  return (
    <div className={styles.appearance}>
      <SegmentedControl
        size="xs"
        aria-label={t('frame.language')}
        data-testid="language"
        value={language}
        onChange={(value) => choose(value === 'zh' ? 'zh' : 'en')}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('frame.theme')}
        data-testid="theme"
        value={appearance.name}
        onChange={(value) => value !== appearance.name && appearance.toggle()}
        data={[
          { value: 'day', label: t('frame.day') },
          { value: 'night', label: t('frame.night') },
        ]}
      />
    </div>
  );
}
