import type { AlarmDefinition } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../../../live/now.js';
import { useActsClosed } from '../../../past/use-past.js';
import { useMay } from '../../../session/use-user.js';
import { shortTime } from '../../../words/times.js';
import { useZone } from '../../../words/use-words.js';
import { contentOf } from '../edit/draft.js';
import { Changes } from './Changes.js';
import styles from './versions.module.css';

interface HistoryProps {
  /** Newest first. */
  readonly versions: readonly AlarmDefinition[];
  readonly shown: number;
  readonly onShow: (version: number) => void;
  readonly onRestore: (version: AlarmDefinition) => void;
}

/** Every version with who made it, when, why, and what it changed. */
export function VersionHistory({ versions, shown, onShow, onRestore }: HistoryProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(60_000);
  const may = useMay('engineer');
  const closed = useActsClosed();
  const newest = versions[0]?.version;
  return (
    <section className={styles.versions} data-testid="versions" aria-labelledby="versions-title">
      <h3 id="versions-title">{t('definitions.versions.title')}</h3>
      <ol>
        {versions.map((version, at) => {
          const before = versions[at + 1];
          return (
            <li key={version.version} data-version={version.version} aria-current={shown === version.version}>
              <header>
                <strong>
                  {t('definitions.versionLine', {
                    version: version.version,
                    who: version.editedBy ?? t('definitions.versions.shipped'),
                    time: shortTime(version.editedAtMs, nowMs, zone),
                  })}
                </strong>
                <span className={styles.acts}>
                  {version.version !== shown && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('definitions.versions.show', { version: version.version })}
                      onClick={() => onShow(version.version)}
                      data-testid={`show-version-${version.version}`}
                    >
                      {t('definitions.versions.showShort')}
                    </Button>
                  )}
                  {may && version.version !== newest && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('definitions.versions.restore', { version: version.version })}
                      disabled={closed !== undefined}
                      title={closed}
                      onClick={() => onRestore(version)}
                      data-testid={`restore-${version.version}`}
                    >
                      {t('definitions.versions.restoreShort')}
                    </Button>
                  )}
                </span>
              </header>
              {version.note !== null && <p>{t('definitions.versions.note', { note: version.note })}</p>}
              {before === undefined ? (
                <p className="quiet">{t('definitions.versions.first')}</p>
              ) : (
                <Changes before={contentOf(before)} after={contentOf(version)} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
