import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Address } from '../../frame/address.js';
import { SPAN_NAMES, type SpanName } from './spans.js';

export const MOST_OPERATORS = 20;

export interface PerformanceSearch {
  readonly span?: SpanName;
  /** Operators on duty, who share the load. */
  readonly operators?: number;
}

/** Reads the page's part of the address; what makes no sense in it is left out. */
export function readPerformanceSearch(raw: Readonly<Record<string, unknown>>): PerformanceSearch {
  const span = SPAN_NAMES.find((known) => known === raw['span']);
  const operators = Number(raw['operators'] ?? 1);
  const fits = Number.isInteger(operators) && operators > 1 && operators <= MOST_OPERATORS;
  return { ...(span === undefined ? {} : { span }), ...(fits ? { operators } : {}) };
}

export function usePerformanceSearch() {
  const { span = 'this-shift', operators = 1 } = useSearch({ strict: false, select: readPerformanceSearch });
  const navigate = useNavigate();
  const change = (to: PerformanceSearch): void => {
    void navigate({ to: '.', search: (before: Address) => ({ ...before, ...to }) as Address, replace: true });
  };
  return { span, operators, change };
}
