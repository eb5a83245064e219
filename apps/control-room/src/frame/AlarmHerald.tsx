import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { awaitsAcknowledge, shownState } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive, useAnnouncedAlarms } from '../live/live-context.js';
import { useAppearance } from '../theme/appearance.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useCity, useNameIn } from '../words/use-words.js';
import { badgeIcon } from './alarm-badge.js';
import { freshAlarms, type Told } from './fresh-alarms.js';

/** Tells of alarms beyond the page: by the tab's title and picture, and by voice to who listens. Draws nothing. */
export function AlarmHerald() {
  useTabBadge();
  const said = useAnnouncement();
  return (
    <div role="status" aria-live="polite" className="only-read-aloud" data-testid="announcement">
      {said}
    </div>
  );
}

function useTabBadge(): void {
  const { t } = useTranslation();
  const open = useAnnouncedAlarms();
  const { palette } = useAppearance();
  const city = useCity().data;
  const nameIn = useNameIn();
  const waits = useMemo(() => open.filter((alarm) => awaitsAcknowledge(shownState(alarm))), [open]);
  const count = waits.length;
  const worst = waits[0]?.priority;
  const name = city === undefined ? t('app.name') : `${nameIn(city.name)} · ${t('app.name')}`;
  const title = count === 0 ? name : t('frame.titleWaiting', { count, name });
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon === null) return undefined;
    const plain = icon.getAttribute('href') ?? '';
    if (worst === undefined) return undefined;
    icon.href = badgeIcon(count, palette.priority[worst]);
    return () => icon.setAttribute('href', plain);
  }, [count, worst, palette]);
}

/** The newest red or orange alarm in words; what was open when the page was opened is not news. */
function useAnnouncement(): string {
  const { t } = useTranslation();
  const open = useAnnouncedAlarms();
  const { loaded } = useCell(useLive().alarms);
  const names = useSensorNames();
  const nameIn = useNameIn();
  const told = useRef<Told>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!loaded) return;
    const next = freshAlarms(open, told.current ?? new Map());
    const isFirst = told.current === undefined;
    told.current = next.told;
    const [worst] = next.fresh;
    if (isFirst || worst === undefined) return;
    const words = {
      count: next.fresh.length,
      priority: t(`priority.${worst.priority}`),
      name: names.ofAlarm(worst).full,
      reason: nameIn(worst.reason),
    };
    setSaid(next.fresh.length === 1 ? t('alarms.announced', words) : t('alarms.announcedMany', words));
  }, [open, loaded, names, nameIn, t]);
  return said;
}
