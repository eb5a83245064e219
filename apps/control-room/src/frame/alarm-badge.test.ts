import { badgeIcon } from './alarm-badge.js';

const paint = { fill: '#C4001A', ink: '#C4001A', on: '#FFFFFF' };
const svgOf = (count: number): string => decodeURIComponent(badgeIcon(count, paint));

test('the picture carries the count in the colours of the priority', () => {
  expect(svgOf(7)).toContain('>7<');
  expect(svgOf(7)).toContain('fill="#C4001A"');
});

test('more than two digits are a plus', () => {
  expect(svgOf(99)).toContain('>99<');
  expect(svgOf(1250)).toContain('>99+<');
});
