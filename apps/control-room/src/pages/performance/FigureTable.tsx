import type { AlarmPerformance } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { THIN_SPACE, formatCount } from '../../words/numbers.js';
import { useAgeWords } from '../../words/use-words.js';
import { StandingMark } from './StandingMark.js';
import { judge, type JudgedFigure } from './figures.js';
import styles from './performance.module.css';

/** A share of 1 in per cent, with a decimal where it is small. */
export function percentText(share: number): string {
  const percent = Math.round(1000 * share) / 10;
  return `${percent.toFixed(percent < 10 && !Number.isInteger(percent) ? 1 : 0)}${THIN_SPACE}%`;
}

function textOf(kind: JudgedFigure['kind'], value: number): string {
  if (kind === 'share') return percentText(value);
  if (kind === 'count') return formatCount(value);
  return value.toFixed(Number.isInteger(value) ? 0 : value < 10 ? 2 : 1);
}

/** Each figure beside its target. */
export function FigureTable({ performance }: { readonly performance: AlarmPerformance }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t('performance.figures')}</h2>
      <table className={styles.table} data-testid="figures">
        <thead>
          <tr>
            {(['figure', 'value', 'target', 'judged'] as const).map((word) => (
              <th key={word} scope="col" className={word === 'value' || word === 'target' ? 'number' : undefined}>
                {t(`performance.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {judge(performance).map(({ figure, kind, value, target, standing }) => (
            <tr key={figure} data-figure={figure} data-standing={standing}>
              <th scope="row" title={t('performance.source', { source: target.source })}>
                {t(`performance.of.${figure}`)}
              </th>
              <td className="number">
                <strong>{textOf(kind, value)}</strong>
              </td>
              <td className="number">≤{`${THIN_SPACE}${textOf(kind, target.atMost)}`}</td>
              <td>
                <StandingMark standing={standing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('performance.sources')}</p>
    </section>
  );
}

/** How fast people were, and how much they held back: figures without a target. */
export function ResponseTable({ performance }: { readonly performance: AlarmPerformance }) {
  const { t } = useTranslation();
  const ageWords = useAgeWords();
  const { medianToAcknowledgeMs, p95ToAcknowledgeMs, medianToNormalMs, announced, shelved } = performance;
  const timeOf = (ms: number | null): string => (ms === null ? '–' : ageWords(ms));
  const rows = [
    ['announced', formatCount(announced)],
    ['medianToAcknowledge', timeOf(medianToAcknowledgeMs)],
    ['p95ToAcknowledge', timeOf(p95ToAcknowledgeMs)],
    ['medianToNormal', timeOf(medianToNormalMs)],
    ['shelved', formatCount(shelved)],
  ] as const;
  return (
    <section className={styles.part}>
      <h2>{t('performance.response')}</h2>
      <table className={styles.table} data-testid="response">
        <tbody>
          {rows.map(([word, text]) => (
            <tr key={word} data-figure={word}>
              <th scope="row">{t(`performance.responseOf.${word}`)}</th>
              <td className="number">
                <strong>{text}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
