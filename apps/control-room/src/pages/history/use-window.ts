import { useMemo } from 'react';
import type { Span } from '../../chart/chart-data.js';
import { useAddress } from '../../frame/use-address.js';
import { useNowMs } from '../../live/now.js';
import { PRESETS, stepMs, type PresetName } from './spans.js';

/** The window that the page shows: the chosen one of the address, else the last hour, day … until now. */
export function useShownWindow(preset: PresetName): { readonly window: Span; readonly isLive: boolean } {
  const from = useAddress('from');
  const to = useAddress('to');
  const step = stepMs(PRESETS[preset]);
  const nowMs = useNowMs(step);
  return useMemo(() => {
    if (from !== undefined && to !== undefined) return { window: { fromMs: from, toMs: to }, isLive: false };
    const toMs = nowMs + step;
    return { window: { fromMs: toMs - PRESETS[preset], toMs }, isLive: true };
  }, [from, to, nowMs, step, preset]);
}
