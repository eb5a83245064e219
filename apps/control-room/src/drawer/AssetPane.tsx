import type { Asset } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';
import { useSelection } from '../frame/use-address.js';
import { useCell } from '../live/cell.js';
import { Failed } from '../words/Failed.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { factsOf } from '../words/asset-facts.js';
import { useAssetWords } from '../words/use-asset-words.js';
import { useNameIn } from '../words/use-words.js';
import { SensorRows } from './SensorRows.js';
import { StandingAlarmBlock } from './StandingAlarmBlock.js';
import { useAsset } from './use-asset.js';
import { useAssetSensors } from './use-asset-sensors.js';
import { useLive, useOpenAlarms } from '../live/live-context.js';
import styles from './drawer.module.css';

/** Another asset by its name; opens it. */
function AssetLink({ assetId }: { readonly assetId: string }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const { select } = useSelection();
  const known = useCell(useLive().assets).get(assetId);
  const name = known === undefined ? assetId : nameIn({ en: known.name, zh: known.nameZh });
  return (
    <button
      type="button"
      className={styles.link}
      title={t('drawer.showAsset', { name })}
      data-testid="fact-link"
      onClick={() => select(assetId)}
    >
      {name}
    </button>
  );
}

export function AssetPane({ assetId }: { readonly assetId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useAsset(assetId);
  if (data !== undefined) return <KnownAsset asset={data} />;
  if (error instanceof CallError && error.status === 404) {
    return <p className={styles.notFound}>{t('drawer.notFound', { id: assetId })}</p>;
  }
  if (error !== null) {
    return (
      <div className={styles.notFound}>
        <Failed what={t('drawer.whatAsset')} error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
}

function KnownAsset({ asset }: { readonly asset: Asset }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const { sensors, error, retry } = useAssetSensors(asset.assetId);
  const standing = useOpenAlarms().filter((alarm) => alarm.assetId === asset.assetId);
  const words = useAssetWords();
  const facts = factsOf(asset);
  return (
    <>
      <header className={styles.head}>
        <h2>
          <UtilityIcon utility={asset.utility} />
          <span>{nameIn({ en: asset.name, zh: asset.nameZh })}</span>
        </h2>
        <div className="quiet">
          {t(`asset.${asset.kind}`)} · {words.district(asset.district)} · {asset.assetId}
        </div>
      </header>
      {standing.map((alarm) => (
        <StandingAlarmBlock key={alarm.alarmId} alarm={alarm} />
      ))}
      <section className={styles.part}>
        <h3>{t('drawer.assetSensors')}</h3>
        {sensors === undefined && error === null && <div className={styles.lineSkeleton} aria-busy="true" />}
        {sensors === undefined && error !== null && (
          <Failed what={t('drawer.assetSensors')} error={error} onRetry={retry} />
        )}
        {sensors?.length === 0 && <p className="quiet">{t('drawer.noSensors')}</p>}
        {sensors !== undefined && sensors.length > 0 && <SensorRows sensors={sensors} part="drawer-asset" />}
      </section>
      {facts.length > 0 && (
        <section className={styles.part}>
          <h3>{t('drawer.facts')}</h3>
          <table className={styles.table}>
            <tbody>
              {facts.map((fact) => (
                <tr key={fact.key}>
                  <th scope="row">{words.fact(fact)}</th>
                  {fact.value.kind === 'asset' ? (
                    <td className={styles.linked}>
                      <AssetLink assetId={fact.value.text} />
                    </td>
                  ) : (
                    <td className="number">{words.value(fact)}</td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
