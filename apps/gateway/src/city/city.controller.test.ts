import { basemapOf } from './city.controller.js';

describe('the base map of the city', () => {
  it.each([
    [undefined, 'built-in'],
    ['https://maps.example/city.pmtiles', 'pmtiles'],
    ['https://maps.example/{z}/{x}/{y}.png', 'xyz'],
    ['https://maps.example/wmts?SERVICE=WMTS', 'wmts'],
  ])('%s is %s', (url, kind) => {
    expect(basemapOf(url === undefined ? undefined : { url, attribution: 'Someone' }).kind).toBe(kind);
  });
});
