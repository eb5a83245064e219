import type { Incident } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useNameIn } from '../words/use-words.js';

/** Says in a few words what an incident's alarms have in common: "Supply lost upstream: East substation". */
export function useCauseWords(): (incident: Pick<Incident, 'kind' | 'causeAssetId'>) => string {
  const { t } = useTranslation();
  const assets = useCell(useLive().assets);
  const nameIn = useNameIn();
  return ({ kind, causeAssetId }) => {
    const cause = causeAssetId === null ? undefined : assets.get(causeAssetId);
    const word = t(`incidents.kind.${kind}`);
    if (cause === undefined) return word;
    return t('incidents.kindOf', { kind: word, name: nameIn({ en: cause.name, zh: cause.nameZh }) });
  };
}
