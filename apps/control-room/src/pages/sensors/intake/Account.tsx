import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.js';
import { Failed } from '../../../words/Failed.js';
import { formatCount } from '../../../words/numbers.js';
import { hourMinute } from '../../../words/times.js';
import { useZone } from '../../../words/use-words.js';
import { ACCOUNT_KEYS, minutesOf, sumOf, type AccountMinute } from './account-sum.js';
import styles from './intake.module.css';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 15_000;

/** What came in within the last hour and what became of it. */
export function Account() {
  const { t } = useTranslation();
  const account = useQuery({
    queryKey: ['account'],
    refetchInterval: AGAIN_MS,
    queryFn: async ({ signal }) => {
      const toMs = Date.now();
      const { items } = await call('getAccount', { query: { from: toMs - HOUR_MS, to: toMs }, signal });
      return minutesOf(items, toMs - HOUR_MS, toMs);
    },
  });
  return (
    <section aria-labelledby="account" data-testid="account">
      <h2 id="account" className={styles.title}>
        {t('sensors.account.title')}
      </h2>
      {account.data === undefined && account.isError && (
        <Failed what={t('sensors.account.title')} error={account.error} onRetry={() => void account.refetch()} />
      )}
      <div className={styles.account} aria-busy={account.isPending}>
        <Sums minutes={account.data} />
        {account.data !== undefined && <Bars minutes={account.data} />}
      </div>
    </section>
  );
}

function Sums({ minutes }: { readonly minutes: readonly AccountMinute[] | undefined }) {
  const { t } = useTranslation();
  const sum = minutes && sumOf(minutes);
  return ACCOUNT_KEYS.map((key) => (
    <div key={key} className={styles.sum} data-testid={`account-${key}`}>
      <span className="quiet">{t(`sensors.account.${key}`)}</span>
      <strong>{sum === undefined ? '–' : formatCount(sum[key])}</strong>
    </div>
  ));
}

/** A bar a minute: stored below, and hatched above it what was rejected. */
function Bars({ minutes }: { readonly minutes: readonly AccountMinute[] }) {
  const { t } = useTranslation();
  const zone = useZone();
  const most = Math.max(1, ...minutes.map(({ received }) => received));
  const percent = (count: number): string => `${(100 * count) / most}%`;
  return (
    <div className={styles.bars} role="img" aria-label={t('sensors.account.bars')}>
      {minutes.map((minute) => (
        <div
          key={minute.minuteMs}
          className={styles.bar}
          title={t('sensors.account.minute', {
            time: hourMinute(minute.minuteMs, zone),
            received: formatCount(minute.received),
            stored: formatCount(minute.stored),
            rejected: formatCount(minute.rejected),
          })}
        >
          <div className={styles.stored} style={{ height: percent(minute.stored + minute.duplicate) }} />
          <div className={styles.refused} style={{ height: percent(minute.rejected) }} />
        </div>
      ))}
    </div>
  );
}
