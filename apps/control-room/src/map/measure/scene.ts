import { PALETTES } from '../../theme/palette.js';
import type { Look, MapView } from '../map-look.js';

/** What all rivals share: the look, the ground, and where the map opens. */
export const look: Look = {
  basemap: { kind: 'built-in', url: null, attribution: '' },
  paint: PALETTES.night.map,
  palette: PALETTES.night,
  theme: 'night',
  language: 'en',
};

/** The middle of the province's largest city, with all of it in view. */
export const START: MapView = { lng: 117.23, lat: 31.82, zoom: 10 };
