import type { ThemeName } from '../theme/palette.js';

/** How one of several lines in a chart is told from the others: by colour and by dashes, since not everybody sees hues alike. */
export interface LineLook {
  readonly colour: Readonly<Record<ThemeName, string>>;
  /** Lengths of dash and gap in CSS pixels; empty: drawn through. */
  readonly dash: readonly number[];
}

/** Lines of one chart. None has the hue of an alarm's priority: red, orange, yellow and blue say that somebody must act. */
export const LINE_LOOKS: readonly LineLook[] = [
  { colour: { night: '#8FA3B5', day: '#4A5A68' }, dash: [] },
  { colour: { night: '#52BFAF', day: '#0E7266' }, dash: [] },
  { colour: { night: '#C3A1EE', day: '#6B46A8' }, dash: [] },
  { colour: { night: '#8CBF6A', day: '#44701F' }, dash: [] },
  { colour: { night: '#C9AA8A', day: '#7A5634' }, dash: [7, 3] },
  { colour: { night: '#E39CC4', day: '#9B3F76' }, dash: [7, 3] },
  { colour: { night: '#7FC9D4', day: '#1B6B78' }, dash: [2, 3] },
  { colour: { night: '#E2E7EC', day: '#1D242B' }, dash: [2, 3] },
];

/** Most lines that a person can tell apart in one chart. */
export const MOST_LINES = LINE_LOOKS.length;
