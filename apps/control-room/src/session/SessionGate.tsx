import { Button } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { LoginPage } from './LoginPage.js';
import { askSession, session } from './session.js';
import styles from './login.module.css';

/** Shows the page to who is logged in, and the login to all others, at the same address. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const now = useCell(session);
  useEffect(() => {
    if (session.get().kind === 'asking') void askSession();
  }, []);
  switch (now.kind) {
    case 'open':
      return children;
    case 'none':
      return <LoginPage why={now.why} />;
    case 'asking':
      return <div className={styles.page} aria-busy="true" aria-label={t('words.loading')} />;
    case 'unreachable':
      return (
        <main className={styles.page}>
          <div className={styles.form} role="alert">
            <p>{t('login.unreachable')}</p>
            <Button onClick={() => void askSession()}>{t('words.retry')}</Button>
          </div>
        </main>
      );
  }
}
