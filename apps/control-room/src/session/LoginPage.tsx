import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';
import { AppearanceSwitch } from '../frame/AppearanceSwitch.js';
import { useCity, useNameIn } from '../words/use-words.js';
import { logIn } from './session.js';
import styles from './login.module.css';

type Trouble = 'wrong' | 'tooMany' | 'unreachable';

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof CallError)) return 'unreachable';
  if (error.status === 429) return 'tooMany';
  return error.status === 401 || error.status === 403 || error.status === 400 ? 'wrong' : 'unreachable';
}

export function LoginPage({ why }: { readonly why: 'first' | 'expired' | 'left' }) {
  const { t } = useTranslation();
  const city = useCity();
  const nameIn = useNameIn();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { username: '', password: '' },
    validate: {
      username: (value) => (value.trim() === '' ? t('login.required') : null),
      password: (value) => (value === '' ? t('login.required') : null),
    },
  });

  const submit = form.onSubmit(({ username, password }) => {
    setBusy(true);
    setTrouble(undefined);
    logIn(username.trim(), password).catch((error: unknown) => {
      setTrouble(troubleOf(error));
      setBusy(false);
    });
  });

  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit} noValidate data-testid="login-form">
        <header>
          <div className={styles.city}>{city.data === undefined ? t('app.name') : nameIn(city.data.name)}</div>
          <h1 className={styles.title}>{t('login.title')}</h1>
        </header>
        {why !== 'first' && trouble === undefined && <p className="quiet">{t(`login.${why}`)}</p>}
        <TextInput
          label={t('login.username')}
          autoComplete="username"
          autoFocus
          data-testid="username"
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label={t('login.password')}
          autoComplete="current-password"
          data-testid="password"
          {...form.getInputProps('password')}
        />
        {trouble !== undefined && (
          <Alert variant="default" role="alert" data-testid="login-error" className={styles.trouble}>
            {t(`login.${trouble}`)}
          </Alert>
        )}
        <Button type="submit" loading={busy} fullWidth data-testid="submit">
          {t('login.submit')}
        </Button>
        <AppearanceSwitch />
      </form>
    </main>
  );
}
