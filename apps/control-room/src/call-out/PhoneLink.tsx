import { PhoneIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './call-out.module.css';

/** A telephone number that a desk phone, or the phone in the hand, can dial. */
export function PhoneLink({ phone }: { readonly phone: string }) {
  const { t } = useTranslation();
  return (
    <a className={styles.phone} href={telOf(phone)} aria-label={t('callOut.ring', { phone })} data-testid="phone">
      <PhoneIcon size={13} strokeWidth={1.8} aria-hidden />
      {phone}
    </a>
  );
}

/** RFC 3966: digits alone; an extension is named. */
function telOf(phone: string): string {
  const [number = '', extension] = phone.split(',');
  const digits = number.replace(/[^\d+]/g, '');
  return `tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}
