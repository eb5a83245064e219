import { isOnCall, UTILITIES, type DutyPost } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { PhoneLink } from '../../call-out/PhoneLink.js';
import { useAssetWords } from '../../words/use-asset-words.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import { useNameIn, useZone } from '../../words/use-words.js';
import styles from './duty.module.css';

interface OnCallNowProps {
  readonly posts: readonly DutyPost[];
  readonly nowMs: number;
}

/** Who is on call now for each lifeline, in the order in which they are called. */
export function OnCallNow({ posts, nowMs }: OnCallNowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  return (
    <section className={styles.nowAll} aria-label={t('duty.now')} data-testid="on-call-now">
      {UTILITIES.map((utility) => {
        const onCall = posts
          .filter((post) => (post.utility === utility || post.utility === 'all') && isOnCall(post.hours, nowMs, zone))
          .sort((a, b) => a.turn - b.turn || b.districts.length - a.districts.length);
        return (
          <div key={utility} className={styles.lifeline} data-testid={`on-call-${utility}`}>
            <h2>
              <UtilityIcon utility={utility} size={16} />
              {t(`utility.${utility}`)}
            </h2>
            {onCall.length === 0 && <p className={styles.nobody}>{t('duty.nobody')}</p>}
            <ul>
              {onCall.map((post) => (
                <OnCall key={post.postId} post={post} />
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function OnCall({ post }: { readonly post: DutyPost }) {
  const nameIn = useNameIn();
  const districts = useDistrictWords();
  return (
    <li>
      <span>
        <span className="one-line" title={nameIn(post.can)}>
          {nameIn(post.name)}
        </span>
        <span className={`${styles.small} one-line`}>{districts(post)}</span>
      </span>
      <PhoneLink phone={post.phone} />
    </li>
  );
}

/** Says which part of the city an entry is for. */
export function useDistrictWords(): (post: Pick<DutyPost, 'districts'>) => string {
  const { t } = useTranslation();
  const { district } = useAssetWords();
  return ({ districts }) =>
    districts.length === 0 ? t('duty.wholeCity') : districts.map(district).join(t('duty.hours.comma'));
}
