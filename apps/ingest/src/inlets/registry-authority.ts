import { createHash, timingSafeEqual } from 'node:crypto';
import type { DeviceAuthority } from '@lifeline/inlets';
import type { RegistryCopy } from '@lifeline/records';

/** Answers who may connect and publish from the registry in memory. */
export class RegistryAuthority implements DeviceAuthority {
  constructor(private readonly registry: Pick<RegistryCopy, 'device' | 'credentialHash'>) {}

  authenticate(deviceId: string, password: Uint8Array): 'ok' | 'unknown-device' | 'bad-credential' {
    if (!this.registry.device(deviceId)) return 'unknown-device';
    const expected = this.registry.credentialHash(deviceId);
    if (!expected) return 'bad-credential';
    // The password is 192 bits of chance, so that one round of SHA-256 is enough.
    const given = createHash('sha256').update(password).digest();
    return given.length === expected.length && timingSafeEqual(given, expected) ? 'ok' : 'bad-credential';
  }

  mayPublishFor(clientDeviceId: string, deviceId: string): boolean {
    if (clientDeviceId === deviceId) return true;
    return this.registry.device(deviceId)?.gatewayId === clientDeviceId;
  }
}
