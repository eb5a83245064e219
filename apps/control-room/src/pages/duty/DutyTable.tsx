import { isOnCall, type DutyPost } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PhoneLink } from '../../call-out/PhoneLink.js';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { shortTime } from '../../words/times.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import { useNameIn, useZone } from '../../words/use-words.js';
import { useDistrictWords } from './OnCallNow.js';
import { useHoursWords } from './use-hours-words.js';
import { WeekStrip } from './WeekStrip.js';
import styles from './duty.module.css';

interface DutyTableProps {
  readonly posts: readonly DutyPost[];
  readonly nowMs: number;
  readonly onEdit: (post: DutyPost) => void;
  readonly onRemove: (post: DutyPost) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The roster: each crew or post with what it is for, its number, and its week. */
export function DutyTable({ posts, nowMs, onEdit, onRemove }: DutyTableProps) {
  const { t } = useTranslation();
  const isEngineer = useMay('engineer');
  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('duty.table')}>
      <table className={styles.table} data-testid="duty-table">
        <thead>
          <tr>
            <th scope="col">{t('duty.column.name')}</th>
            <th scope="col">{t('duty.column.for')}</th>
            <th scope="col">{t('duty.column.phone')}</th>
            <th scope="col">{t('duty.column.turn')}</th>
            <th scope="col" className={styles.week}>
              <span className="only-read-aloud">{t('duty.column.week')}</span>
              <span className={styles.days} aria-hidden>
                {DAYS.map((day) => (
                  <span key={day}>{t(`duty.day.${day}`)}</span>
                ))}
              </span>
            </th>
            <th scope="col">{t('duty.column.changed')}</th>
            {isEngineer && (
              <th scope="col">
                <span className="only-read-aloud">{t('duty.column.acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {posts.map((post) => (
            <DutyRow key={post.postId} post={post} nowMs={nowMs} onEdit={onEdit} onRemove={onRemove} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<DutyTableProps, 'posts'> {
  readonly post: DutyPost;
}

function DutyRow({ post, nowMs, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const districts = useDistrictWords();
  const hoursWords = useHoursWords();
  const isEngineer = useMay('engineer');
  const closed = useActsClosed();
  const onCall = isOnCall(post.hours, nowMs, zone);
  const name = nameIn(post.name);
  return (
    <tr data-testid="duty-row" data-post-id={post.postId} data-on-call={onCall}>
      <th scope="row" className={styles.name}>
        {name}
        <div className={styles.small}>{nameIn(post.can)}</div>
      </th>
      <td className={styles.for}>
        <span className={styles.utility}>
          {post.utility !== 'all' && <UtilityIcon utility={post.utility} size={14} />}
          {post.utility === 'all' ? t('duty.allLifelines') : t(`utility.${post.utility}`)}
        </span>
        <div className={styles.small}>{districts(post)}</div>
      </td>
      <td>
        <PhoneLink phone={post.phone} />
      </td>
      <td className={styles.turn}>{post.turn}</td>
      <td className={styles.week}>
        <WeekStrip hours={post.hours} nowMs={nowMs} />
        <div className={styles.small}>
          <span className={styles.onCall} data-on-call={onCall}>
            {t(onCall ? 'duty.onCall' : 'duty.offCall')}
          </span>
          {' · '}
          {hoursWords(post.hours)}
        </div>
      </td>
      <td className={styles.small}>
        {post.changedBy} · {shortTime(post.changedAtMs, nowMs, zone)}
      </td>
      {isEngineer && (
        <td className={styles.acts}>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('duty.editThis', { name })}
            disabled={closed !== undefined}
            title={closed}
            onClick={() => onEdit(post)}
            data-testid="duty-edit"
          >
            {t('duty.edit')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('duty.removeThis', { name })}
            disabled={closed !== undefined}
            title={closed}
            onClick={() => onRemove(post)}
            data-testid="duty-remove"
          >
            {t('duty.remove')}
          </Button>
        </td>
      )}
    </tr>
  );
}
