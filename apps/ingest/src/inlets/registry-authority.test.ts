import { createHash } from 'node:crypto';
import type { Device } from '@lifeline/contracts';
import { RegistryAuthority } from './registry-authority.js';

const device = (deviceId: string, gatewayId: string | null): Device => ({
  deviceId,
  utility: 'gas',
  name: deviceId,
  gatewayId,
  hasCredential: true,
  createdAtMs: 0,
  sensors: [],
});
const devices = new Map([
  ['gateway', device('gateway', null)],
  ['behind', device('behind', 'gateway')],
  ['new', device('new', null)],
]);
const hash = createHash('sha256').update('secret').digest();

describe('who may connect and publish', () => {
  const authority = new RegistryAuthority({
    device: (deviceId) => devices.get(deviceId),
    credentialHash: (deviceId) => (deviceId === 'new' ? null : hash),
  });

  it('lets in a device with its credential, and no other', () => {
    expect(authority.authenticate('gateway', Buffer.from('secret'))).toBe('ok');
    expect(authority.authenticate('gateway', Buffer.from('wrong'))).toBe('bad-credential');
    expect(authority.authenticate('new', Buffer.from('secret'))).toBe('bad-credential');
    expect(authority.authenticate('nobody', Buffer.from('secret'))).toBe('unknown-device');
  });

  it('lets a device publish for itself and for those that name it as their gateway', () => {
    expect(authority.mayPublishFor('gateway', 'gateway')).toBe(true);
    expect(authority.mayPublishFor('gateway', 'behind')).toBe(true);
    expect(authority.mayPublishFor('behind', 'gateway')).toBe(false);
    expect(authority.mayPublishFor('gateway', 'nobody')).toBe(false);
  });
});
