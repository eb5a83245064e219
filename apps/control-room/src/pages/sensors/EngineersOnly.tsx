import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/use-user.js';
import styles from './sensors.module.css';

/** Shows its children to who may change the registry; tells all others who may. */
export function EngineersOnly({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  if (useMay('engineer')) return children;
  return (
    <section className={styles.page} role="alert">
      <p className={styles.empty}>{t('sensors.engineerOnly')}</p>
      <p className={styles.empty}>
        <Link to="/sensors">{t('sensors.backToList')}</Link>
      </p>
    </section>
  );
}
