import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Address } from '../../frame/address.js';

export const SHOWN = ['open', 'closed'] as const;
export type Shown = (typeof SHOWN)[number];
/** How far back closed incidents are listed, in days. */
export const DAYS = [7, 30, 365] as const;
export type Days = (typeof DAYS)[number];

/** The page's part of the address, beside the lifeline, the text and what is selected. */
export interface IncidentsSearch {
  /** Missing: both. */
  readonly show?: Shown;
  readonly days?: Days;
}

/** Reads the page's part of the address; what makes no sense in it is left out. */
export function readIncidentsSearch(raw: Readonly<Record<string, unknown>>): IncidentsSearch {
  const show = SHOWN.find((known) => known === raw['show']);
  const days = DAYS.find((known) => known === Number(raw['days']));
  return { ...(show === undefined ? {} : { show }), ...(days === undefined ? {} : { days }) };
}

export function useIncidentsSearch() {
  const { show, days = DAYS[0] } = useSearch({ strict: false, select: readIncidentsSearch, structuralSharing: true });
  const navigate = useNavigate();
  const change = useCallback(
    (to: { readonly show?: Shown | undefined; readonly days?: Days | undefined }): void => {
      void navigate({ to: '.', search: (before: Address) => ({ ...before, ...to }) as Address, replace: true });
    },
    [navigate],
  );
  return { show, days, change };
}
