import { csvTextOf } from './csv-text.js';

test('UTF-8 is read as it is, its mark apart', async () => {
  expect(await csvTextOf(new Blob(['\uFEFF名称,a']))).toBe('名称,a');
});

test('what a Chinese spreadsheet saved is read too', async () => {
  // 名称 in GB 18030.
  const bytes = new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x61]);

  expect(await csvTextOf(new Blob([bytes]))).toBe('名称,a');
});
