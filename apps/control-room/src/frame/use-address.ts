import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { readAddress, selectedOf, type Address, type Selected } from './address.js';

/** One part of the address; draws again only when that part changes. */
export function useAddress<Key extends keyof Address>(key: Key): Address[Key] {
  const part: string | number | undefined = useSearch({
    strict: false,
    select: (address): string | number | undefined => readAddress(address)[key],
  });
  return part as Address[Key];
}

/** Changes parts of the address; undefined takes a part out. */
export function useChangeAddress(): (
  change: { readonly [Key in keyof Address]?: Address[Key] | undefined },
  how?: 'step' | 'replace',
) => void {
  const navigate = useNavigate();
  return useCallback(
    (change, how = 'replace') => {
      void navigate({
        to: '.',
        search: (before: Address) => ({ ...before, ...change }) as Address,
        replace: how === 'replace',
      });
    },
    [navigate],
  );
}

export interface Selection {
  readonly selected: Selected | undefined;
  /** A sensor's or an asset's id; undefined closes the drawer. */
  select(id: string | undefined): void;
}

/** What list, map, chart and timeline all show as selected. */
export function useSelection(): Selection {
  const sel = useAddress('sel');
  const change = useChangeAddress();
  const select = useCallback((id: string | undefined) => change({ sel: id }, 'step'), [change]);
  return useMemo(() => ({ selected: selectedOf(sel), select }), [sel, select]);
}
