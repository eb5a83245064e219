import { contrastOf } from '../theme/contrast.js';
import { PALETTES, type ThemeName } from '../theme/palette.js';
import { LINE_LOOKS } from './line-looks.js';

describe.each(Object.keys(PALETTES) as ThemeName[])('the lines of a chart in the %s theme', (theme) => {
  test.each(LINE_LOOKS.map((look, i) => [i + 1, look] as const))(
    'line %i stands out 3 to 1 from the panel',
    (_, look) => {
      expect(contrastOf(look.colour[theme], PALETTES[theme].panel)).toBeGreaterThanOrEqual(3);
    },
  );

  test('no line has the colour of an alarm, or of another line', () => {
    const colours = LINE_LOOKS.map((look) => look.colour[theme]);
    expect(new Set(colours).size).toBe(colours.length);
    for (const { fill, ink } of Object.values(PALETTES[theme].priority)) {
      expect(colours).not.toContain(fill);
      expect(colours).not.toContain(ink);
    }
  });
});
