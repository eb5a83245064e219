import { UTILITIES, type Utility } from './vocabulary.js';

/** Device ids and channels share one alphabet, so that an id is safe in topics, addresses and file names. */
export const DEVICE_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const CHANNEL_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const TOPIC_ROOT = 'lifeline/v1';
/** What an inlet subscribes to. */
export const TELEMETRY_FILTER = `${TOPIC_ROOT}/+/+/telemetry`;
export const STATUS_FILTER = `${TOPIC_ROOT}/+/+/status`;

export interface DeviceTopic {
  readonly utility: Utility;
  readonly deviceId: string;
  readonly kind: 'telemetry' | 'status';
}

export function telemetryTopic(utility: Utility, deviceId: string): string {
  return `${TOPIC_ROOT}/${utility}/${deviceId}/telemetry`;
}

export function statusTopic(utility: Utility, deviceId: string): string {
  return `${TOPIC_ROOT}/${utility}/${deviceId}/status`;
}

/** Reads a device's topic; undefined where it is not one of ours. */
export function parseDeviceTopic(topic: string): DeviceTopic | undefined {
  const parts = topic.split('/');
  if (parts.length !== 5 || parts[0] !== 'lifeline' || parts[1] !== 'v1') return undefined;
  const [, , utility, deviceId, kind] = parts as [string, string, string, string, string];
  if (!(UTILITIES as readonly string[]).includes(utility)) return undefined;
  if (!DEVICE_ID_PATTERN.test(deviceId)) return undefined;
  if (kind !== 'telemetry' && kind !== 'status') return undefined;
  return { utility: utility as Utility, deviceId, kind };
}
