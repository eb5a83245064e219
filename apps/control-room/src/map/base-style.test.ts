import { tileAddress } from './base-style.js';

test('tile addresses in WMTS words become those of the map', () => {
  expect(tileAddress('https://t.example/{TileMatrix}/{TileRow}/{TileCol}.png')).toBe(
    'https://t.example/{z}/{y}/{x}.png',
  );
  expect(tileAddress('https://t.example/{z}/{x}/{y}.png')).toBe('https://t.example/{z}/{x}/{y}.png');
});

test('a service without a pattern is asked by key and value', () => {
  expect(tileAddress('https://t.example/wmts?LAYER=vec&TILEMATRIXSET=w')).toBe(
    'https://t.example/wmts?LAYER=vec&TILEMATRIXSET=w&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}',
  );
  expect(tileAddress('https://t.example/wmts')).toContain('wmts?SERVICE=WMTS');
});
