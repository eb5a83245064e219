import { PRIORITIES } from '@lifeline/contracts';
import { contrastOf } from './contrast.js';
import { PALETTES, cssVariablesOf, type ThemeName } from './palette.js';

const themes = Object.keys(PALETTES) as ThemeName[];
const surfaces = ['ground', 'panel', 'raised'] as const;

test('black on white is 21 to 1 and a colour on itself 1 to 1', () => {
  expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrastOf('#1F5FBF', '#1F5FBF')).toBe(1);
});

describe.each(themes)('the %s theme', (theme) => {
  const palette = PALETTES[theme];

  test.each(surfaces)('text, quiet text and live values reach 4.5 to 1 on %s', (surface) => {
    for (const ink of [palette.text, palette.quiet, palette.process]) {
      expect(contrastOf(ink, palette[surface])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(surfaces)('words of an error reach 4.5 to 1 on %s', (surface) => {
    expect(contrastOf(palette.priority.red.ink, palette[surface])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(PRIORITIES)('the %s mark stands out 3 to 1 from every surface and the land of the map', (priority) => {
    for (const behind of [palette.ground, palette.panel, palette.raised, palette.map.land]) {
      expect(contrastOf(palette.priority[priority].ink, behind)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(PRIORITIES)('the numeral on a %s mark reaches 4.5 to 1', (priority) => {
    const { fill, on } = palette.priority[priority];
    expect(contrastOf(on, fill)).toBeGreaterThanOrEqual(4.5);
  });

  test('names on the map reach 4.5 to 1 on land and on water', () => {
    expect(contrastOf(palette.map.name, palette.map.land)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(palette.map.name, palette.map.water)).toBeGreaterThanOrEqual(4.4);
  });

  test('gives every colour as a custom property', () => {
    const variables = cssVariablesOf(palette);
    expect(variables['--ground']).toBe(palette.ground);
    expect(variables['--p-yellow-ink']).toBe(palette.priority.yellow.ink);
    expect(Object.values(variables).every((colour) => /^#[0-9A-F]{6}$/.test(colour))).toBe(true);
  });
});
