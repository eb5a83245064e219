import type { LiveSensor } from '@lifeline/contracts';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { pagesOf } from '../api/pages-of.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';

const MOST = 1000;

interface AssetSensors {
  readonly sensors: readonly LiveSensor[] | undefined;
  readonly error: unknown;
  retry(): void;
}

/** The sensors of an asset: what the page knows at once, and what the registry says. */
export function useAssetSensors(assetId: string | null): AssetSensors {
  const live = useLive();
  const known = useCell(live.sensors).byAsset.get(assetId ?? '');
  const asked = useQuery({
    queryKey: ['asset-sensors', assetId],
    queryFn: assetId === null ? skipToken : ({ signal }) => pagesOf('listSensors', { assetId }, { most: MOST, signal }),
  });
  useEffect(() => {
    if (asked.data !== undefined) live.values.takeSensors(asked.data);
  }, [asked.data, live]);
  return { sensors: asked.data ?? known, error: asked.error, retry: () => void asked.refetch() };
}
