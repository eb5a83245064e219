import { Suspense, lazy, type ComponentType, type FunctionComponent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './lazy-page.module.css';

export interface LazyPage {
  readonly Page: FunctionComponent;
  /** Reads the page ahead of its need. */
  readonly fetch: () => Promise<unknown>;
}

/** A page whose code is read when it is first shown; until then a skeleton stands in its place. */
export function lazyPage(load: () => Promise<ComponentType>): LazyPage {
  const Shown = lazy(async () => ({ default: await load() }));
  return {
    fetch: load,
    Page: () => (
      <Suspense fallback={<Skeleton />}>
        <Shown />
      </Suspense>
    ),
  };
}

function Skeleton() {
  const { t } = useTranslation();
  return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
}
