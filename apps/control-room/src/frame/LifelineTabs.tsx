import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useCell } from '../live/cell.js';
import { useLive, useAnnouncedAlarms } from '../live/live-context.js';
import { formatCount } from '../words/numbers.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { shareOnline, summarise, type LifelineSummary } from './lifeline-summary.js';
import { useAddress, useChangeAddress } from './use-address.js';
import styles from './frame.module.css';

/** The four lifelines; one click narrows the lists to one of them, a second shows all again. */
export function LifelineTabs() {
  const live = useLive();
  const open = useAnnouncedAlarms();
  const { loaded } = useCell(live.alarms);
  const health = useCell(live.health);
  return (
    <div className={styles.lifelines}>
      {summarise(open, loaded, health).map((summary) => (
        <LifelineTab key={summary.utility} summary={summary} />
      ))}
    </div>
  );
}

function LifelineTab({ summary }: { readonly summary: LifelineSummary }) {
  const { t } = useTranslation();
  const chosen = useAddress('utility');
  const change = useChangeAddress();
  const { utility, worst, unacknowledged, sensors, reporting } = summary;
  const share = shareOnline(reporting, sensors);
  const said = [
    t(`utility.${utility}`),
    worst === undefined ? t('frame.normal') : t('frame.worst', { priority: t(`priority.${worst}`) }),
    t('frame.unacknowledgedCount', { count: unacknowledged }),
    share === undefined
      ? t('frame.noData')
      : t('frame.online', { reporting: formatCount(reporting ?? 0), sensors: formatCount(sensors ?? 0) }),
  ].join(', ');
  return (
    <button
      type="button"
      className={styles.lifeline}
      aria-pressed={chosen === utility}
      title={said}
      data-testid={`lifeline-${utility}`}
      onClick={() => change({ utility: chosen === utility ? undefined : utility })}
    >
      <UtilityIcon utility={utility} />
      <span className={styles.lifelineName}>{t(`utility.${utility}`)}</span>
      {worst !== undefined && (
        <PriorityMark priority={worst} state={unacknowledged > 0 ? 'unacknowledged' : 'acknowledged'} size={16} />
      )}
      {unacknowledged > 0 && <strong>{formatCount(unacknowledged)}</strong>}
      <span className={styles.share}>{share === undefined ? '–' : t('frame.onlineShort', { share })}</span>
    </button>
  );
}
