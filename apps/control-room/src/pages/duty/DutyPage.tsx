import { UTILITIES, type DutyPost } from '@lifeline/contracts';
import { Button, Modal } from '@mantine/core';
import { PlusIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDuty } from '../../call-out/use-duty.js';
import { useNowMs } from '../../live/now.js';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { Failed } from '../../words/Failed.js';
import { DutyForm } from './DutyForm.js';
import { DutyTable } from './DutyTable.js';
import { OnCallNow } from './OnCallNow.js';
import { useDutyActs } from './use-duty-acts.js';
import styles from './duty.module.css';

/** What the form is open for: a new entry, or one to change. */
type Asked = { readonly time: number; readonly before: DutyPost | undefined };

/** The duty roster: who is on call now, and who is when. */
export function DutyPage() {
  const { t } = useTranslation();
  const isEngineer = useMay('engineer');
  const closed = useActsClosed();
  const { data, error, refetch } = useDuty();
  const { save, remove } = useDutyActs();
  const nowMs = useNowMs(10_000);
  const [asked, setAsked] = useState<Asked>();
  const [form, setForm] = useState<'shown' | 'hidden'>('hidden');
  const posts = useMemo(() => inOrder(data?.items ?? []), [data]);

  const openForm = (before?: DutyPost): void => {
    setAsked((last) => ({ time: (last?.time ?? 0) + 1, before }));
    setForm('shown');
  };
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
            onClick={() => openForm()}
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
        <DutyTable posts={posts} nowMs={nowMs} onEdit={openForm} onRemove={(post) => void remove(post)} />
      )}
      {asked !== undefined && (
        <Modal
          key={asked.time}
          opened={form === 'shown'}
          onClose={() => setForm('hidden')}
          title={t(asked.before === undefined ? 'duty.form.new' : 'duty.form.edit')}
          centered
          size="lg"
          closeButtonProps={{ 'aria-label': t('words.close') }}
        >
          <DutyForm
            before={asked.before}
            onSave={(content) => save(content, asked.before)}
            onDone={() => setForm('hidden')}
          />
        </Modal>
      )}
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
