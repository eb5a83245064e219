import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { THIN_SPACE, formatCount } from '../words/numbers.js';
import { roundedMetres, type FindingPlace } from './finding-place.js';

/** Says where on its line a place is: "1,240 m ± 35 m". */
export function usePlaceWords(): (place: Pick<FindingPlace, 'alongM' | 'uncertaintyM'>) => string {
  const { t } = useTranslation();
  return useMemo(() => {
    const metres = (m: number, uncertaintyM: number) => `${formatCount(roundedMetres(m, uncertaintyM))}${THIN_SPACE}m`;
    return ({ alongM, uncertaintyM }) =>
      t('why.along', { along: metres(alongM, uncertaintyM), uncertainty: metres(uncertaintyM, uncertaintyM) });
  }, [t]);
}
