import { shortReason } from './short-reason.js';

test('gives the first sentence, and keeps decimals whole', () => {
  expect(shortReason('Pressure 0.09 MPa is under 0.1. It falls on.', 'en')).toBe('Pressure 0.09 MPa is under 0.1');
  expect(shortReason('压力低于下限。仍在下降。', 'zh')).toBe('压力低于下限');
});

test('gives nothing where it would be a speech', () => {
  expect(shortReason('x'.repeat(81), 'en')).toBeUndefined();
  expect(shortReason('', 'zh')).toBeUndefined();
});
