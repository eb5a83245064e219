import { UTILITIES, type Utility } from '@lifeline/contracts';
import { useCallback, useMemo } from 'react';
import { useAddress, useChangeAddress } from '../frame/use-address.js';

export interface MapLayers {
  readonly hidden: ReadonlySet<Utility>;
  readonly isRiskShown: boolean;
  toggle(utility: Utility): void;
  toggleRisk(): void;
}

/** What the map shows, as the address says it. */
export function useMapLayers(): MapLayers {
  const hide = useAddress('hide');
  const isRiskShown = useAddress('risk') === 'shown';
  const change = useChangeAddress();
  const hidden = useMemo(() => new Set(UTILITIES.filter((utility) => hide?.split('.').includes(utility))), [hide]);
  const toggle = useCallback(
    (utility: Utility) => {
      const left = UTILITIES.filter((known) => hidden.has(known) !== (known === utility));
      change({ hide: left.length === 0 ? undefined : left.join('.') });
    },
    [change, hidden],
  );
  const toggleRisk = useCallback(() => change({ risk: isRiskShown ? undefined : 'shown' }), [change, isRiskShown]);
  return { hidden, isRiskShown, toggle, toggleRisk };
}
