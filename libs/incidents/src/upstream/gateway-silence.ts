import type { RuleContext } from '../rules/rule.js';
import type { Subject } from '../subject.js';
import type { Cause, Causes } from './causes.js';

/**
 * The alarm that stands for a silent gateway, which explains the silence of a device behind it; undefined where the gateway is not
 * silent. It is so where a sensor of the gateway itself is silent, or so many devices behind it fell silent together
 * (`silentDevices`, `silentShare` of the incidents' options): then the first of them stands for all.
 */
export function gatewayCause(
  subject: Subject,
  causes: Causes,
  atMs: number,
  { options, devicesBehind }: RuleContext,
): Cause | undefined {
  const gatewayId = subject.gatewayId!;
  const [own] = causes.of(`silent device ${gatewayId}`, atMs);
  if (own && own.alarmId !== subject.alarmId) return own;
  const together = causes
    .ofAll(`silent behind ${gatewayId}`, atMs)
    .filter((one) => Math.abs(one.raisedAtMs - subject.raisedAtMs) <= options.silenceWindowMs);
  const devices = new Set(together.map(({ deviceId }) => deviceId)).add(subject.deviceId);
  const all = devicesBehind(gatewayId) ?? 0;
  if (devices.size < Math.max(options.silentDevices, options.silentShare * all)) return undefined;
  const [first] = together.filter((one) => one.explains);
  if (!first || first.alarmId === subject.alarmId) return undefined;
  // The first to fall silent speaks for all; an alarm is not explained by one that fell silent after it.
  const isAfter =
    subject.raisedAtMs > first.raisedAtMs ||
    (subject.raisedAtMs === first.raisedAtMs && subject.alarmId > first.alarmId);
  return isAfter ? first : undefined;
}
