import type { ReactNode } from 'react';
import { useActsClosed } from './use-past.js';
import styles from './past.module.css';

/** What a person may do about what is seen: closed, and saying why, while the past is shown. */
export function ActsFieldset({ children }: { readonly children: ReactNode }) {
  const closed = useActsClosed();
  return (
    <fieldset className={styles.acts} disabled={closed !== undefined} title={closed}>
      {closed !== undefined && (
        <p className={styles.closed} data-testid="acts-closed">
          {closed}
        </p>
      )}
      {children}
    </fieldset>
  );
}
