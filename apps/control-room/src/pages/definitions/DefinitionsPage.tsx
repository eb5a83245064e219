import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKeyOff } from '../../frame/letter-keys.js';
import { useAddress } from '../../frame/use-address.js';
import { Failed } from '../../words/Failed.js';
import { OpenDefinition } from './OpenDefinition.js';
import { focusTitle } from './detail/title-id.js';
import { DefinitionFilters, SEARCH_FIELD_ID } from './list/DefinitionFilters.js';
import { DefinitionList } from './list/DefinitionList.js';
import { matching, typesIn } from './list/definition-filter.js';
import { useDefinitionsSearch } from './search.js';
import { useDefinitions } from './use-definitions.js';
import styles from './definitions.module.css';

/** The master alarm database: what each alarm means, why it has its priority, and what to do about it. */
export function DefinitionsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useDefinitions();
  const { search, change } = useDefinitionsSearch();
  const { def, type, rule } = search;
  const [q, utility, priority] = [useAddress('q'), useAddress('utility'), useAddress('priority')];
  const all = data ?? [];
  const definitions = matching(all, { q, utility, priority, type, rule });
  const body = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(def);
  useEffect(() => {
    const before = wasOpen.current;
    wasOpen.current = def;
    const list = body.current?.firstElementChild;
    // Where there is room for one of the two only, the focus follows what is shown; a closed one gives it back to its line.
    if (def !== undefined && list instanceof HTMLElement && list.offsetParent === null) focusTitle();
    if (def === undefined && before !== undefined)
      body.current?.querySelector<HTMLElement>(`[data-definition-id="${CSS.escape(before)}"]`)?.focus();
  }, [def]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || isLetterKeyOff(event) || isTyping || event.ctrlKey || event.metaKey || event.altKey)
        return;
      event.preventDefault();
      document.getElementById(SEARCH_FIELD_ID)?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <section className={styles.page} data-testid="definitions-page">
      <header className={styles.top}>
        <h1 title={t('definitions.about')}>{t('definitions.title')}</h1>
        <DefinitionFilters types={typesIn(all)} />
        <span className={`${styles.count} quiet`} role="status" data-testid="definitions-count">
          {data !== undefined && t('definitions.count', { shown: definitions.length, all: all.length })}
        </span>
      </header>
      <div ref={body} className={styles.body} data-open={def !== undefined}>
        <div className={styles.list}>
          {data === undefined && error === null && <Skeleton />}
          {data === undefined && error !== null && (
            <div className={styles.message}>
              <Failed what={t('definitions.what')} error={error} onRetry={() => void refetch()} />
            </div>
          )}
          {data !== undefined && definitions.length === 0 && (
            <p className={styles.message} data-testid="definitions-empty">
              {t('definitions.empty')}
            </p>
          )}
          <DefinitionList
            definitions={definitions}
            chosen={def}
            onChoose={(definitionId) =>
              change({ def: definitionId, version: undefined, edit: undefined }, def === undefined ? 'step' : 'replace')
            }
            onRead={focusTitle}
          />
        </div>
        <div className={styles.shown}>
          {def === undefined ? (
            <p className={`${styles.message} quiet`}>{t('definitions.chooseOne')}</p>
          ) : (
            <OpenDefinition key={def} definitionId={def} />
          )}
        </div>
      </div>
    </section>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t('words.loading')}>
      {Array.from({ length: 12 }, (_, line) => (
        <div key={line} className={styles.skeleton} />
      ))}
    </div>
  );
}
