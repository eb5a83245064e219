import {
  BellIcon,
  BookOpenTextIcon,
  ChartNoAxesColumnIcon,
  ChartSplineIcon,
  LayoutDashboardIcon,
  PhoneOutgoingIcon,
  RouterIcon,
  SirenIcon,
  WrenchIcon,
} from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Address } from './address.js';
import styles from './frame.module.css';

/** The pages, in the words of the work. A new page is one line here and one in `pages/router.tsx`. */
const PAGES = [
  { to: '/', word: 'overview', Icon: LayoutDashboardIcon },
  { to: '/alarms', word: 'alarms', Icon: BellIcon },
  { to: '/incidents', word: 'incidents', Icon: SirenIcon },
  { to: '/history', word: 'history', Icon: ChartSplineIcon },
  { to: '/performance', word: 'performance', Icon: ChartNoAxesColumnIcon },
  { to: '/duty', word: 'duty', Icon: PhoneOutgoingIcon },
  { to: '/maintenance', word: 'maintenance', Icon: WrenchIcon },
  { to: '/definitions', word: 'definitions', Icon: BookOpenTextIcon },
  { to: '/sensors', word: 'sensors', Icon: RouterIcon },
] as const;

export function Rail() {
  const { t } = useTranslation();
  return (
    <nav className={styles.rail} aria-label={t('frame.pages')}>
      {PAGES.map(({ to, word, Icon }) => (
        <Link
          key={to}
          to={to}
          search={({ sel, lng, lat, z, utility }: Address) => ({ sel, lng, lat, z, utility }) as Address}
          className={styles.page}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          aria-label={t(`frame.${word}`)}
          title={t(`frame.${word}`)}
          data-testid={`nav-${word}`}
        >
          <Icon size={20} strokeWidth={1.5} aria-hidden />
          <span>{t(`frame.${word}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
