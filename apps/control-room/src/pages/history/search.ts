import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { MOST_LINES } from '../../chart/line-looks.js';
import type { Address } from '../../frame/address.js';
import { COMPARISONS, PRESETS, type Comparison, type PresetName } from './spans.js';

/** The History page's part of the address; a chosen window is in the frame's `from` and `to`. */
export interface HistorySearch {
  /** Sensor ids with commas between. */
  readonly sensors?: string;
  /** The last hour, day … until now. */
  readonly span?: PresetName;
  readonly compare?: Comparison;
}

/** Reads the page's part of the address; what makes no sense in it is left out. */
export function readHistorySearch(raw: Readonly<Record<string, unknown>>): HistorySearch {
  const sensors = typeof raw['sensors'] === 'string' ? sensorIdsOf(raw['sensors']) : [];
  const span = (Object.keys(PRESETS) as PresetName[]).find((known) => known === raw['span']);
  const compare = (Object.keys(COMPARISONS) as Comparison[]).find((known) => known === raw['compare']);
  return {
    ...(sensors.length === 0 ? {} : { sensors: sensors.join(',') }),
    ...(span === undefined ? {} : { span }),
    ...(compare === undefined ? {} : { compare }),
  };
}

/** The sensors that a text names, each once, no more than a chart can show. */
export function sensorIdsOf(text: string | undefined): readonly string[] {
  const named = (text ?? '').split(',').filter((id) => /^[^/\s]+\/[^/\s]+$/.test(id));
  return [...new Set(named)].slice(0, MOST_LINES);
}

type Change = {
  readonly [Key in keyof (HistorySearch & Pick<Address, 'from' | 'to'>)]?: (HistorySearch & Address)[Key] | undefined;
};

export function useHistorySearch() {
  const search = useSearch({ strict: false, select: readHistorySearch, structuralSharing: true });
  const navigate = useNavigate();
  return useMemo(() => {
    const change = (to: Change): void => {
      void navigate({ to: '.', search: (before: Address) => ({ ...before, ...to }) as Address, replace: true });
    };
    const sensorIds = sensorIdsOf(search.sensors);
    return {
      sensorIds,
      span: search.span ?? ('day' as PresetName),
      compare: search.compare,
      change,
      setSensors: (ids: readonly string[]) => change({ sensors: ids.length === 0 ? undefined : ids.join(',') }),
    };
  }, [search.sensors, search.span, search.compare, navigate]);
}
