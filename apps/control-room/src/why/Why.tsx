import type { Evidence } from '@lifeline/contracts';
import { MapPinIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAsset } from '../drawer/use-asset.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { formatNumber, withUnit } from '../words/numbers.js';
import { useNameIn } from '../words/use-words.js';
import { Carriers } from './Carriers.js';
import { placeOf, type FindingPlace } from './finding-place.js';
import { useShowPlace } from './show-place.js';
import { usePlaceWords } from './use-place-words.js';
import { useTestWords } from './use-test-words.js';
import styles from './why.module.css';

interface WhyProps {
  readonly alarm: StandingAlarm;
  readonly evidence: Evidence;
}

/** Why an alarm was raised: the test that spoke, what it expected, who carries it, where it points to, and how sure it is. */
export function Why({ alarm, evidence }: WhyProps) {
  const { t } = useTranslation();
  const testWords = useTestWords();
  const place = placeOf(alarm);
  return (
    <div className={styles.why} role="group" aria-label={t('why.title')} data-testid="why" data-test={evidence.test}>
      <div className="quiet">
        {t(`rule.${alarm.rule}`)} · <span data-testid="why-test">{testWords(evidence.test)}</span>
        {evidence.confidence !== null && (
          <> · {t('why.confidence', { percent: Math.round(evidence.confidence * 100) })}</>
        )}
      </div>
      <Expected alarm={alarm} evidence={evidence} />
      {place !== undefined && <Where place={place} />}
      <Carriers carriers={evidence.carriers} />
      <Figures figures={evidence.figures} />
    </div>
  );
}

/** What was expected beside what was read, and how far apart they are. */
function Expected({ alarm, evidence }: WhyProps) {
  const { t } = useTranslation();
  const sensor = useCell(useLive().sensors).byId.get(alarm.sensorId);
  const { expected, residual } = evidence;
  if (expected === null && residual === null) return null;
  return (
    <div data-testid="why-expected">
      {expected !== null && (
        <>
          <i className={styles.swatch} aria-hidden />
          {t('why.expected', {
            value: withUnit(expected.value, alarm.unit, sensor),
            low: formatNumber(expected.low, sensor),
            high: formatNumber(expected.high, sensor),
          })}
        </>
      )}
      {residual !== null && (
        <div className="quiet">
          {t(residual < 0 ? 'why.below' : 'why.above', { times: Math.abs(residual).toFixed(1) })}
        </div>
      )}
    </div>
  );
}

function Where({ place }: { readonly place: FindingPlace }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const showPlace = useShowPlace();
  const words = usePlaceWords()(place);
  const asset = useAsset(place.assetId).data;
  const name = asset === undefined ? place.assetId : nameIn({ en: asset.name, zh: asset.nameZh });
  const text = t('why.near', { place: words, asset: name });
  if (showPlace === undefined) return <div data-testid="why-place">{text}</div>;
  return (
    <button
      type="button"
      className={styles.place}
      title={t('why.showPlace')}
      data-testid="why-place"
      onClick={() => showPlace(place)}
    >
      <MapPinIcon size={14} strokeWidth={1.6} aria-hidden />
      {text}
    </button>
  );
}

function Figures({ figures }: Pick<Evidence, 'figures'>) {
  const nameIn = useNameIn();
  if (figures.length === 0) return null;
  return (
    <table className={styles.figures} data-testid="why-figures">
      <tbody>
        {figures.map(({ name, value, unit }) => (
          <tr key={name.en}>
            <th scope="row">{nameIn(name)}</th>
            <td className="number">{withUnit(value, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
