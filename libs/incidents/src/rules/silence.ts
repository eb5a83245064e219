import { isStale, type Subject } from '../subject.js';
import { isWithin, oncePerIncident, type CorrelationRule, type RuleContext } from './rule.js';

/** Several devices behind one gateway that fell silent together: the gateway, not the devices. */
export const silenceRule: CorrelationRule = {
  name: 'silence',
  follows: false,

  keys: (subject) => (isStale(subject) && subject.gatewayId !== null ? [`silent ${subject.gatewayId}`] : []),

  *links(subject, filed, context) {
    if (!isStale(subject) || subject.gatewayId === null) return;
    const together: Subject[] = [];
    const devices = new Set([subject.deviceId]);
    for (const other of filed(`silent ${subject.gatewayId}`)) {
      if (other === subject || !isWithin(subject, other, context.options.silenceWindowMs)) continue;
      together.push(other);
      devices.add(other.deviceId);
    }
    const { silentDevices, silentShare } = context.options;
    const all = context.devicesBehind(subject.gatewayId) ?? 0;
    if (devices.size < Math.max(silentDevices, silentShare * all)) return;
    const why = () => sentence(subject.gatewayId!, devices.size, context);
    for (const other of oncePerIncident(together, 'silence'))
      yield { other, utility: subject.utility, causeAssetId: null, whySelf: why, whyOther: why };
  },
};

function sentence(gatewayId: string, devices: number, context: RuleContext): { en: string; zh: string } {
  const name = context.gatewayName(gatewayId);
  return {
    en: `Fell silent together with others of ${devices} devices behind ${name.en}`,
    zh: `与${name.zh}下${devices}台设备中的其他传感器同时失联`,
  };
}
