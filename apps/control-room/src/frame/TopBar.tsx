import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useLive, useTrust } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { SoundMenu } from '../sound/SoundMenu.js';
import { usePast } from '../past/use-past.js';
import { formatCount } from '../words/numbers.js';
import { dayOf, hourMinuteSecond } from '../words/times.js';
import { useAgeWords, useCity, useNameIn, useZone } from '../words/use-words.js';
import { LifelineTabs } from './LifelineTabs.js';
import { UserMenu } from './UserMenu.js';
import styles from './frame.module.css';

export function TopBar() {
  const { t } = useTranslation();
  const city = useCity();
  const nameIn = useNameIn();
  return (
    <header className={styles.bar}>
      <div className={styles.city}>
        <strong className="one-line">{city.data === undefined ? t('app.name') : nameIn(city.data.name)}</strong>
        {city.data?.simulated === true && <span className={styles.simulated}>{t('frame.simulated')}</span>}
      </div>
      <LifelineTabs />
      <SoundMenu />
      <LinkState />
      <Clock />
      <UserMenu />
    </header>
  );
}

function Clock() {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs();
  return (
    <div className={styles.clock} title={t('frame.clock', { zone })}>
      <time dateTime={new Date(nowMs).toISOString()}>{hourMinuteSecond(nowMs, zone)}</time>
      <span className="quiet">{dayOf(nowMs, zone)}</span>
    </div>
  );
}

/** Whether the page is joined to the city, and how old the newest reading is. */
function LinkState() {
  const { t } = useTranslation();
  const live = useLive();
  const health = useCell(live.health);
  const link = useCell(live.link);
  const nowMs = useNowMs();
  const ageWords = useAgeWords();
  const trust = useTrust();
  const isPast = usePast().machine !== undefined;
  const word = trust.kind === 'fresh' ? 'live' : trust.kind === 'waiting' ? 'connecting' : 'stopped';
  const arrivedMs = health?.lastArrivalMs ?? undefined;
  // Ages are taken on the server's clock, moved on by the time since its last word.
  const serverNowMs =
    health === undefined || link.lastEventAtMs === undefined
      ? nowMs
      : Math.max(health.atMs, (link.asOfMs ?? health.atMs) + Math.max(0, nowMs - link.lastEventAtMs));
  const details = health && [
    t('frame.rate', { count: Math.round(health.readingsPerSecond) }),
    t('frame.waiting', { count: health.waiting }),
    t('frame.online', { reporting: formatCount(health.reporting), sensors: formatCount(health.sensors) }),
  ];
  return (
    <div className={styles.link} data-testid="link-state" data-link={word} title={details?.join('\n')}>
      <span>
        <i className={styles.dot} data-link={word} aria-hidden />
        {t(isPast ? 'past.word' : `frame.${word}`)}
      </span>
      <span className="quiet">
        {arrivedMs === undefined ? t('frame.noData') : t('frame.dataAge', { age: ageWords(serverNowMs - arrivedMs) })}
      </span>
    </div>
  );
}
