import { parseDeviceTopic, type DeviceTopic } from '@lifeline/contracts';
import type { DeviceAuthority, Refusal } from './port.js';

/** What is to become of a publish: to the sink, on as a status, or nowhere. */
export type PublishVerdict =
  | { readonly kind: 'telemetry' }
  | { readonly kind: 'status'; readonly topic: DeviceTopic; readonly online: boolean }
  | { readonly kind: 'refused'; readonly reason: Refusal['reason']; readonly detail: string };

const TELEMETRY: PublishVerdict = { kind: 'telemetry' };

/** Judges a publish by its topic: whose it is, and whether the device that is logged in may send for that one. */
export function judgePublish(
  clientDeviceId: string,
  topic: string,
  payload: Uint8Array,
  authority: DeviceAuthority,
): PublishVerdict {
  const parsed = parseDeviceTopic(topic);
  if (!parsed) {
    return {
      kind: 'refused',
      reason: 'wrong-topic',
      detail: `${JSON.stringify(topic.slice(0, 200))} is no topic of a device: send to lifeline/v1/{gas|power|bridge|drainage}/{deviceId}/telemetry`,
    };
  }
  if (parsed.deviceId !== clientDeviceId && !authority.mayPublishFor(clientDeviceId, parsed.deviceId)) {
    return {
      kind: 'refused',
      reason: 'not-authorised',
      detail: `${clientDeviceId} may not publish for ${parsed.deviceId}: register ${parsed.deviceId} with gatewayId ${clientDeviceId}`,
    };
  }
  if (parsed.kind === 'telemetry') return TELEMETRY;
  const online = readStatus(payload);
  if (online === undefined) {
    return { kind: 'refused', reason: 'wrong-shape', detail: 'a status is the text online or offline' };
  }
  return { kind: 'status', topic: parsed, online };
}

/** True for `online`, false for `offline`, undefined for anything else. */
export function readStatus(payload: Uint8Array): boolean | undefined {
  if (payload.length !== 6 && payload.length !== 7) return undefined;
  const text = String.fromCharCode(...payload);
  return text === 'online' ? true : text === 'offline' ? false : undefined;
}

/** A device may listen to what is under its own topic, and to nothing else. */
export function maySubscribe(clientDeviceId: string, filter: string): boolean {
  const [root, version, utility, deviceId, ...rest] = filter.split('/');
  return (
    root === 'lifeline' &&
    version === 'v1' &&
    utility !== undefined &&
    utility !== '#' &&
    deviceId === clientDeviceId &&
    rest.length > 0
  );
}
