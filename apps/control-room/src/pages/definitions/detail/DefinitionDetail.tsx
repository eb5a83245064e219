import type { AlarmDefinition } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { PencilIcon, XIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../alarms/PriorityMark.js';
import { useLanguage } from '../../../i18n/languages.js';
import { useNowMs } from '../../../live/now.js';
import { useActsClosed } from '../../../past/use-past.js';
import { useMay } from '../../../session/use-user.js';
import { shortTime } from '../../../words/times.js';
import { useZone } from '../../../words/use-words.js';
import { useDefinitionsSearch } from '../search.js';
import { usePartLines } from '../use-part-words.js';
import { VersionHistory } from '../versions/VersionHistory.js';
import type { Part } from '../versions/content-changes.js';
import { PriorityMatrix } from './PriorityMatrix.js';
import { UsualLimits } from './UsualLimits.js';
import { TITLE_ID } from './title-id.js';
import styles from './detail.module.css';

interface DetailProps {
  /** Newest first. */
  readonly versions: readonly AlarmDefinition[];
  readonly onRestore: (version: AlarmDefinition) => void;
}

/** What a definition says, in both languages, with the reason for its priority and its versions. */
export function DefinitionDetail({ versions, onRestore }: DetailProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { search, change } = useDefinitionsSearch();
  const zone = useZone();
  const nowMs = useNowMs(60_000);
  const newest = versions[0]!;
  const shown = versions.find(({ version }) => version === search.version) ?? newest;
  const other = language === 'en' ? 'zh' : 'en';
  const { definitionId } = newest;
  return (
    <article className={styles.detail} data-testid="definition" data-version={shown.version} aria-labelledby={TITLE_ID}>
      <header className={styles.head}>
        <PriorityMark priority={shown.priority} state="acknowledged" size={22} />
        <div className={styles.names}>
          <h2 id={TITLE_ID} tabIndex={-1}>
            {shown.title[language]}
          </h2>
          <p className="quiet">
            <span lang={other === 'zh' ? 'zh-CN' : 'en'}>{shown.title[other]}</span> · <code>{definitionId}</code>
          </p>
          <p className="quiet">
            {t('definitions.versionLine', {
              version: shown.version,
              who: shown.editedBy === null ? t('definitions.asShipped') : t('definitions.by', { who: shown.editedBy }),
              time: shortTime(shown.editedAtMs, nowMs, zone),
            })}
          </p>
        </div>
        <Acts
          onEdit={() => change({ edit: true, version: undefined }, 'step')}
          onClose={() => change({ def: undefined, version: undefined }, 'step')}
        />
      </header>
      {shown.version !== newest.version && (
        <p className={styles.older} role="status" data-testid="older-version">
          {t('definitions.olderVersion', { version: shown.version, newest: newest.version })}{' '}
          <Button size="compact-xs" variant="default" onClick={() => change({ version: undefined })}>
            {t('definitions.toNewest')}
          </Button>
        </p>
      )}
      <div className={styles.parts}>
        <Whole part="action" definition={shown} />
        <Whole part="procedure" definition={shown} />
        <Whole part="cause" definition={shown} />
        <Whole part="consequence" definition={shown} />
        <Whole part="owner" definition={shown} />
      </div>
      <div className={styles.beside}>
        <Section title={t('definitions.matrix.title')}>
          <PriorityMatrix consequenceClass={shown.consequenceClass} minutesToRespond={shown.minutesToRespond} />
        </Section>
        <div>
          <Section title={t('definitions.limits.title')}>
            <UsualLimits definitionId={definitionId} />
          </Section>
          <Behaviour definition={shown} />
        </div>
      </div>
      <VersionHistory
        versions={versions}
        shown={shown.version}
        onShow={(version) => change({ version: version === newest.version ? undefined : version })}
        onRestore={onRestore}
      />
    </article>
  );
}

function Acts({ onEdit, onClose }: { readonly onEdit: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay('engineer');
  const closed = useActsClosed();
  return (
    <div className={styles.acts}>
      {may ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<PencilIcon size={14} strokeWidth={1.6} aria-hidden />}
          onClick={onEdit}
          disabled={closed !== undefined}
          title={closed}
          data-testid="edit-definition"
        >
          {t('definitions.edit')}
        </Button>
      ) : (
        <p className="quiet" data-testid="may-not-edit">
          {t('definitions.mayNotEdit')}
        </p>
      )}
      <button type="button" className={styles.close} onClick={onClose} aria-label={t('definitions.close')}>
        <XIcon size={18} strokeWidth={1.6} aria-hidden />
      </button>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface WholeProps {
  readonly part: Part;
  readonly definition: AlarmDefinition;
}

/** A part in both languages, side by side, the chosen one first. */
function Whole({ part, definition }: WholeProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const partLines = usePartLines();
  const tongues = language === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const);
  return (
    <section className={styles.twofold} data-part={part}>
      <h3>{t(`definitions.part.${part}`)}</h3>
      {tongues.map((tongue, at) => {
        const lines = partLines(definition, part, tongue);
        return (
          <div key={tongue} lang={tongue === 'zh' ? 'zh-CN' : 'en'} className={at === 1 ? 'quiet' : undefined}>
            {part === 'procedure' ? (
              <ol>
                {lines.map((line, step) => (
                  <li key={step}>{line}</li>
                ))}
              </ol>
            ) : (
              <p>{lines[0]}</p>
            )}
          </div>
        );
      })}
    </section>
  );
}

function Behaviour({ definition }: { readonly definition: AlarmDefinition }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const partLines = usePartLines();
  return (
    <dl className={styles.behaviour}>
      {(['latches', 'reAlarmMinutes', 'mayBeShelved', 'source'] as const).map((part) => (
        <div key={part}>
          <dt>{t(`definitions.part.${part}`)}</dt>
          <dd>{partLines(definition, part, language)[0] ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
