import { Button } from '@mantine/core';
import { FileUpIcon, PlusIcon } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/use-user.js';
import { formatCount } from '../../words/numbers.js';
import { useKnocks } from './intake/use-knocks.js';
import styles from './sensors.module.css';

/** Heading, views and what an engineer may do; the same above every list of sensors. */
export function SensorsShell({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const knocks = useKnocks().data?.items.length ?? 0;
  const views = [
    { to: '/sensors', label: t('sensors.views.sensors'), id: 'sensors' },
    { to: '/sensors/knocks', label: t('sensors.views.knocks'), id: 'knocks' },
    { to: '/sensors/rejects', label: t('sensors.views.rejects'), id: 'rejects' },
  ] as const;
  return (
    <section className={styles.page}>
      <header className={styles.heading}>
        <h1>{t('sensorsPage.title')}</h1>
        <nav className={styles.views} aria-label={t('sensors.views.label')}>
          {views.map(({ to, label, id }) => (
            <Link
              key={to}
              to={to}
              className={styles.view}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
              data-testid={`view-${id}`}
            >
              {label}
              {id === 'knocks' && knocks > 0 && <span className={styles.badge}>{formatCount(knocks)}</span>}
            </Link>
          ))}
        </nav>
        <EngineersActs />
      </header>
      {children}
    </section>
  );
}

function EngineersActs() {
  const { t } = useTranslation();
  const may = useMay('engineer');
  if (!may) return <p className={`quiet ${styles.acts}`}>{t('sensors.engineerOnly')}</p>;
  return (
    <div className={styles.acts}>
      <Button
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to="/sensors/import" {...props} />}
        leftSection={<FileUpIcon size={15} strokeWidth={1.6} aria-hidden />}
        data-testid="import-csv"
      >
        {t('sensors.import.open')}
      </Button>
      <Button
        size="xs"
        renderRoot={(props) => <Link to="/sensors/new" {...props} />}
        leftSection={<PlusIcon size={15} strokeWidth={1.6} aria-hidden />}
        data-testid="add-device"
      >
        {t('sensors.addDevice')}
      </Button>
    </div>
  );
}
