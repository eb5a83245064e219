import { PALETTES } from '../theme/palette.js';
import { cellNumber, shortCount } from './mark-cells.js';
import { markList, STRIDE, type MarkList } from './mark-list.js';
import { mercatorX, mercatorY } from './mercator.js';
import { SensorField } from './sensor-field.js';
import { someSensors } from './sensors-for-test.js';

const paint = { palette: PALETTES.night, language: 'en' } as const;
const box = [mercatorX(118), mercatorY(33), mercatorX(119), mercatorY(32)] as const;

function cellsOf({ bytes, count }: MarkList): number[] {
  const floats = new Float32Array(bytes);
  return Array.from({ length: count }, (_, i) => floats[(i * STRIDE) / 4 + 5]!);
}

test('counts are short, in the words of the language', () => {
  expect(['en', 'zh'].map((language) => shortCount(9_999, language as 'en'))).toEqual(['9999', '9999']);
  expect([shortCount(16_400, 'en'), shortCount(16_400, 'zh'), shortCount(163_000, 'zh')]).toEqual([
    '16k',
    '1.6万',
    '16万',
  ]);
});

test('a cluster says how many sensors and how many are abnormal, by the shape of the worst', () => {
  const sensors = Array.from({ length: 12 }, (_, i) => ({ sensorId: `d${i}/p`, lon: 118.3 + i / 1e4 }));
  const field = new SensorField(someSensors(sensors), new Set());
  const calm = cellsOf(markList(field, 8, box, paint));
  expect(calm).toEqual(['disc', 'disc', '1', '2'].map(cellNumber));
  field.take({ sensors: [0, 1, 2], severities: [1, 3, 1] });
  const list = markList(field, 8, box, paint);
  expect(cellsOf(list).slice(4)).toEqual(['shape-orange', 'shape-orange', 'shape-orange', '3'].map(cellNumber));
  expect(list.hits).toHaveLength(1);
});

test('from near each place is an icon; an abnormal one is left to the layer above all', () => {
  const sensors = [{ sensorId: 'a/p' }, { sensorId: 'b/p', lon: 118.4, utility: 'power' as const }];
  const field = new SensorField(someSensors(sensors), new Set());
  field.take({ sensors: [0], severities: [4] });
  expect(cellsOf(markList(field, 15, box, paint))).toEqual(['halo-power', 'sensor-power'].map(cellNumber));
});

test('what lies outside the box is not drawn', () => {
  const field = new SensorField(someSensors([{ sensorId: 'a/p', lon: 110 }]), new Set());
  expect(markList(field, 15, box, paint).count).toBe(0);
});
