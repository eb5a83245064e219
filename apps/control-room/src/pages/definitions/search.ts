import { ALARM_RULES, type AlarmRule } from '@lifeline/contracts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Address } from '../../frame/address.js';

/** The page's part of the address, beside the lifeline, the priority and the text that all lists share. */
export interface DefinitionsSearch {
  /** The definition that is open. */
  readonly def?: string;
  /** Code of the type of channel that the list is narrowed to. */
  readonly type?: string;
  readonly rule?: AlarmRule;
  /** An older version that is looked at. */
  readonly version?: number;
  readonly edit?: true;
}

/** Reads the page's part of the address; what makes no sense in it is left out. */
export function readDefinitionsSearch(raw: Readonly<Record<string, unknown>>): DefinitionsSearch {
  const { def, type, version } = raw;
  const rule = ALARM_RULES.find((known) => known === raw['rule']);
  const number = Number(version);
  return {
    ...(typeof def === 'string' && def !== '' ? { def } : {}),
    ...(typeof type === 'string' && type !== '' ? { type } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(version !== undefined && Number.isInteger(number) && number > 0 ? { version: number } : {}),
    ...(raw['edit'] === true || raw['edit'] === 'true' ? { edit: true as const } : {}),
  };
}

type Change = { readonly [Key in keyof DefinitionsSearch]?: DefinitionsSearch[Key] | undefined };

export function useDefinitionsSearch() {
  const search = useSearch({ strict: false, select: readDefinitionsSearch, structuralSharing: true });
  const navigate = useNavigate();
  const change = useCallback(
    (to: Change, how: 'step' | 'replace' = 'replace'): void => {
      const next = (before: Address) => ({ ...before, ...to }) as Address;
      void navigate({ to: '.', search: next, replace: how === 'replace' });
    },
    [navigate],
  );
  return { search, change };
}
