import type { Priority } from '@lifeline/contracts';

/** How one alarm priority is drawn: the mark's fill, its outline, and the numeral upon it. */
export interface PriorityPaint {
  readonly fill: string;
  readonly ink: string;
  readonly on: string;
}

export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly raised: string;
  readonly text: string;
  readonly quiet: string;
  readonly lines: string;
  /** The process in its normal state, and live values. */
  readonly process: string;
  readonly priority: Readonly<Record<Priority, PriorityPaint>>;
  readonly map: MapPaint;
}

/** Greys of the base map; nothing here may be read as a state. */
export interface MapPaint {
  readonly land: string;
  readonly water: string;
  readonly road: string;
  readonly boundary: string;
  readonly name: string;
  readonly network: string;
}

export type ThemeName = 'day' | 'night';

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  day: {
    ground: '#E3E6E8',
    panel: '#F2F4F5',
    raised: '#FFFFFF',
    text: '#1D242B',
    quiet: '#55606B',
    lines: '#C3CAD0',
    process: '#4A5A68',
    priority: {
      red: { fill: '#C4001A', ink: '#C4001A', on: '#FFFFFF' },
      // White on this orange is 4.3:1 and falls short of AA; black is 4.9:1.
      orange: { fill: '#C85A00', ink: '#C85A00', on: '#000000' },
      // A yellow mark alone does not stand out from white: the outline carries the contrast.
      yellow: { fill: '#F2C400', ink: '#8A6D00', on: '#1D242B' },
      blue: { fill: '#1F5FBF', ink: '#1F5FBF', on: '#FFFFFF' },
    },
    map: {
      land: '#E3E6E8',
      water: '#D0D8DE',
      road: '#F6F7F8',
      boundary: '#C3CAD0',
      name: '#55606B',
      network: '#8794A0',
    },
  },
  night: {
    ground: '#12161A',
    panel: '#1A2026',
    raised: '#232A31',
    text: '#E2E7EC',
    quiet: '#97A3AE',
    lines: '#323B44',
    process: '#8FA3B5',
    priority: {
      // Words of an error are written in this ink: on a field the fill would be 4.47:1.
      red: { fill: '#FF4D5E', ink: '#FF5767', on: '#12161A' },
      orange: { fill: '#FF9A3D', ink: '#FF9A3D', on: '#12161A' },
      yellow: { fill: '#FFD84A', ink: '#FFD84A', on: '#12161A' },
      blue: { fill: '#5AA2FF', ink: '#5AA2FF', on: '#12161A' },
    },
    map: {
      land: '#12161A',
      water: '#1B2530',
      road: '#262E36',
      boundary: '#323B44',
      name: '#97A3AE',
      network: '#55636F',
    },
  },
};

/** Custom properties of one theme, for the page's style sheets: `--ground`, `--p-red-fill` and so on. */
export function cssVariablesOf(palette: Palette): Record<string, string> {
  const { priority, map: _map, ...plain } = palette;
  const variables: Record<string, string> = {};
  for (const [name, colour] of Object.entries(plain)) variables[`--${name}`] = colour;
  for (const [name, paint] of Object.entries(priority)) {
    variables[`--p-${name}-fill`] = paint.fill;
    variables[`--p-${name}-ink`] = paint.ink;
    variables[`--p-${name}-on`] = paint.on;
  }
  return variables;
}
