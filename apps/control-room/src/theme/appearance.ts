import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { useMantineColorScheme } from '@mantine/core';
import { PALETTES, cssVariablesOf, type Palette, type ThemeName } from './palette.js';

/** Greys for buttons and focus: hues belong to alarms. */
const steel: MantineColorsTuple = [
  '#F2F4F5',
  '#E2E7EC',
  '#C3CAD0',
  '#A9B7C4',
  '#8FA3B5',
  '#6E8294',
  '#4A5A68',
  '#3C4955',
  '#323B44',
  '#232A31',
];

/** Mantine's own dark greys, bluish as ours: fields and menus are made of them. */
const dark: MantineColorsTuple = [
  '#E2E7EC',
  '#C5CDD5',
  '#97A3AE',
  '#6E7B87',
  '#3D4751',
  '#323B44',
  '#232A31',
  '#1A2026',
  '#161B20',
  '#12161A',
];

export const mantineTheme = createTheme({
  fontFamily: "'Inter Variable', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.8125rem', lg: '1rem', xl: '1.25rem' },
  colors: { steel, dark },
  primaryColor: 'steel',
  // White on this grey is 7:1 in both themes.
  primaryShade: 6,
  autoContrast: true,
  defaultRadius: 3,
  cursorType: 'pointer',
});

const mantineVariablesOf = (palette: Palette): Record<string, string> => ({
  ...cssVariablesOf(palette),
  '--mantine-color-body': palette.panel,
  '--mantine-color-text': palette.text,
  '--mantine-color-dimmed': palette.quiet,
  '--mantine-color-placeholder': palette.quiet,
  '--mantine-color-default': palette.raised,
  '--mantine-color-default-hover': palette.lines,
  '--mantine-color-default-color': palette.text,
  '--mantine-color-default-border': palette.lines,
  '--mantine-color-error': palette.priority.red.ink,
});

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: mantineVariablesOf(PALETTES.day),
  dark: mantineVariablesOf(PALETTES.night),
});

export interface Appearance {
  readonly name: ThemeName;
  readonly palette: Palette;
  toggle(): void;
}

/** Day or night, remembered by the browser; night is the default of a control room. */
export function useAppearance(): Appearance {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name: ThemeName = colorScheme === 'light' ? 'day' : 'night';
  return {
    name,
    palette: PALETTES[name],
    toggle: () => setColorScheme(name === 'day' ? 'dark' : 'light'),
  };
}
