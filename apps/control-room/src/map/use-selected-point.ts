import type { Asset } from '@lifeline/contracts';
import { useAsset } from '../drawer/use-asset.js';
import { useSelection } from '../frame/use-address.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';

/** Where a thing of the city stands: a line's is its middle vertex. */
export function pointOf(geometry: Asset['geometry']): readonly [number, number] {
  if (geometry.type === 'Point') return geometry.coordinates;
  return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!;
}

/** Longitude and latitude of what is selected; undefined until it is known. */
export function useSelectedPoint(): readonly [number, number] | undefined {
  const { selected } = useSelection();
  const { byId } = useCell(useLive().sensors);
  const asset = useAsset(selected?.kind === 'asset' ? selected.id : undefined);
  if (selected?.kind === 'sensor') {
    const sensor = byId.get(selected.id);
    return sensor === undefined ? undefined : [sensor.lon, sensor.lat];
  }
  return asset.data === undefined ? undefined : pointOf(asset.data.geometry);
}
