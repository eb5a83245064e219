import { UTILITIES, type DutyPost } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { PlusIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDuty } from '../../call-out/use-duty.js';
import { useDialog } from '../../forms/use-dialog.js';
import { useNowMs } from '../../live/now.js';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { Failed } from '../../words/Failed.js';
import { DutyForm } from './DutyForm.js';
import { DutyTable } from './DutyTable.js';
import { OnCallNow } from './OnCallNow.js';
import { useDutyActs } from './use-duty-acts.js';
import styles from './duty.module.css';

/** The duty roster: who is on call now, and who is when. */
export function DutyPage() {
  const { t } = useTranslation();
  const isEngineer = useMay('engineer');
  const closed = useActsClosed();
  const { data, error, refetch } = useDuty();
  const { save, remove } = useDutyActs();
  const nowMs = useNowMs(10_000);
  const posts = useMemo(() => inOrder(data?.items ?? []), [data]);

  const form = useDialog<DutyPost | undefined>((before, close) => ({
    title: t(before === undefined ? 'duty.form.new' : 'duty.form.edit'),
    size: 'lg',
    body: <DutyForm before={before} onSave={(content) => save(content, before)} onDone={close} />,
  }));
  return (
    <section className={styles.page} data-testid="duty-page">
      <header className={styles.top}>
        <h1>{t('duty.title')}</h1>
        {data !== undefined && (
          <p className={`quiet ${styles.how}`} data-testid="duty-delivery" data-delivery={data.delivery}>
            {t(`callOut.how.${data.delivery}`)}
          </p>
        )}
        {isEngineer ? (
          <Button
            className={styles.add}
            size="xs"
            leftSection={<PlusIcon size={15} strokeWidth={1.6} aria-hidden />}
            disabled={closed !== undefined}
            title={closed}
            onClick={() => form.open(undefined)}
            data-testid="duty-add"
          >
            {t('duty.add')}
          </Button>
        ) : (
          <p className={`quiet ${styles.add}`}>{t('duty.engineerOnly')}</p>
        )}
      </header>
      {error !== null && (
        <div className={styles.message}>
          <Failed what={t('callOut.roster')} error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && posts.length === 0 && (
        <p className={styles.message} data-testid="duty-empty">
          {t('duty.empty')}
        </p>
      )}
      {posts.length > 0 && <OnCallNow posts={posts} nowMs={nowMs} />}
      {posts.length > 0 && (
        <DutyTable posts={posts} nowMs={nowMs} onEdit={form.open} onRemove={(post) => void remove(post)} />
      )}
      {form.dialog}
    </section>
  );
}

/** By lifeline, then by who is called first. */
function inOrder(posts: readonly DutyPost[]): DutyPost[] {
  const lifelines = [...UTILITIES, 'all'];
  return [...posts].sort(
    (a, b) =>
      lifelines.indexOf(a.utility) - lifelines.indexOf(b.utility) ||
      a.turn - b.turn ||
      a.createdAtMs - b.createdAtMs ||
      (a.name.en < b.name.en ? -1 : 1),
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t('words.loading')}>
      <div className={styles.skeleton} style={{ height: 120 }} />
      <div className={styles.skeleton} style={{ height: 260 }} />
    </div>
  );
}
