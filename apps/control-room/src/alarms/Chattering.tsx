import type { Chatter } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../words/numbers.js';

/** Says of a line that stands for an alarm which comes and goes how often it did: "chattering, 7 times in 3 min". */
export function Chattering({ chatter }: { readonly chatter: Chatter }) {
  const { t } = useTranslation();
  const minutes = Math.max(1, Math.round((chatter.newestMs - chatter.sinceMs) / 60_000));
  return (
    <span className="quiet" data-testid="chattering">
      {' · '}
      {t('alarms.chatters', { times: formatCount(chatter.times), minutes: formatCount(minutes) })}
    </span>
  );
}
