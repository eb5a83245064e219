import { UTILITIES, type Utility } from '@lifeline/contracts';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Palette } from '../theme/palette.js';
import { chosenLineLayer } from './city-layers.js';

/** The chosen line lies below all that is drawn of sensors. */
const BELOW_MARKS = 'values';

/** Draws the line of the chosen asset above its network; nothing for a sensor, whose id has a slash. */
export function drawChosen(map: MapLibreMap, palette: Palette, chosen: { readonly id: string } | undefined): void {
  for (const utility of UTILITIES) {
    const id = `net-${utility}-chosen`;
    if (map.getLayer(id) !== undefined) map.removeLayer(id);
    if (chosen !== undefined && !chosen.id.includes('/'))
      map.addLayer(chosenLineLayer(utility, palette, chosen.id), BELOW_MARKS);
  }
}

export function showNetworks(map: MapLibreMap, hidden: ReadonlySet<Utility>): void {
  for (const utility of UTILITIES) {
    const visibility = hidden.has(utility) ? 'none' : 'visible';
    for (const part of ['lines', 'hit', 'points'])
      map.setLayoutProperty(`net-${utility}-${part}`, 'visibility', visibility);
  }
}
