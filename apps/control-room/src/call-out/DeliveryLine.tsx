import type { CallOutState, deliveryOf } from '@lifeline/contracts';
import { CheckIcon, ClockIcon, PhoneIcon, TriangleAlertIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useZone } from '../words/use-words.js';
import styles from './call-out.module.css';

interface DeliveryLineProps {
  readonly fares: ReturnType<typeof deliveryOf>;
  readonly state: CallOutState;
}

/** How the message gets to the crew: on its way, sent, not sent and why, or by a person who rings. */
export function DeliveryLine({ fares, state }: DeliveryLineProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  if (fares === undefined) {
    // Once somebody has answered, or did not, they were rung.
    if (state !== 'called') return null;
    return line('phone', PhoneIcon, t('callOut.delivery.phone'));
  }
  if (fares === 'sending') return line('sending', ClockIcon, t('callOut.delivery.sending'));
  if (fares.kind === 'sent')
    return line('sent', CheckIcon, t('callOut.delivery.sent', { time: shortTime(fares.atMs, nowMs, zone) }));
  const why = t(`callOut.delivery.fault.${fares.why}`, { status: fares.status ?? '' });
  return line('not-sent', TriangleAlertIcon, t('callOut.delivery.notSent', { why }));
}

function line(kind: string, Icon: typeof PhoneIcon, text: string) {
  return (
    <p className={styles.delivery} data-testid="call-out-delivery" data-delivery={kind}>
      <Icon size={13} strokeWidth={1.8} aria-hidden />
      {text}
    </p>
  );
}
