import type { DeskEntry, Explanation, Explanations } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import { contextOf, type IncidentPorts } from '../desk-context.js';
import { nameOf, type RuleContext } from '../rules/rule.js';
import { aboveOf, lostAsset } from '../rules/supply.js';
import { hasSign, isStale, newSubject, type Subject } from '../subject.js';
import type { Words } from '../words.js';
import { Causes, type Cause } from './causes.js';
import { gatewayCause } from './gateway-silence.js';

export type UpstreamPorts = Pick<
  IncidentPorts,
  'sensorOf' | 'graph' | 'assetOf' | 'devicesBehind' | 'gatewayName' | 'options'
>;

/** Name under which an alarm keeps that another explains it. */
export const UPSTREAM = 'upstream.';
/**
 * What was fed again comes back a moment later: the longest on- or off-delay of a voltage (60 s, domain defaults 8.3). Until then
 * what the loss explained is still explained, so that the return of a substation is not announced as a hundred alarms.
 */
export const RETURN_GRACE_MS = 60_000;

/**
 * What a lost supply, or a silent gateway, explains: the alarms of what hangs on it, while the upstream alarm is active.
 *
 * What explains is never hidden by the same logic itself, so for all that is suppressed one alarm of its cause is shown. What is
 * red, gas where people are, or water where it should not be is explained by nothing: it is a danger of its own, whatever else fails.
 */
export function createUpstreamOutages(ports: UpstreamPorts): Explanations {
  const context = contextOf(ports);
  const causes = new Causes(RETURN_GRACE_MS);
  const subjects = new Map<string, { readonly sequence: number; readonly subject: Subject }>();

  return {
    of,
    endedAtMs: (by) => (by.startsWith(UPSTREAM) ? causes.endedAtMs(by.slice(UPSTREAM.length)) : null),
    follow,
    forget(nowMs) {
      for (const alarmId of causes.forget(nowMs)) subjects.delete(alarmId);
    },
  };

  function of(alarm: AlarmTransition, atMs: number): readonly Explanation[] {
    if (causes.isEmpty || alarm.priority === 'red') return [];
    const subject = subjectOf(alarm);
    if (isDanger(subject)) return [];
    const found: Explanation[] = [];
    for (const assetId of aboveOf(subject, context)) {
      const cause = causes.of(`lost ${assetId}`, atMs).find((one) => mayExplain(one, subject));
      if (cause) found.push(explanationOf(cause, lossWords(assetId, cause)));
    }
    if (isStale(subject) && subject.gatewayId !== null) {
      const cause = gatewayCause(subject, causes, atMs, context);
      if (cause) found.push(explanationOf(cause, silentWords(context.gatewayName(subject.gatewayId), cause)));
    }
    return found;
  }

  function mayExplain(cause: Cause, effect: Subject): boolean {
    return cause.alarmId !== effect.alarmId && effect.raisedAtMs >= cause.raisedAtMs - context.options.supplyLookBackMs;
  }

  /** A danger of its own is shown whatever failed above it. */
  function isDanger(subject: Subject): boolean {
    return context.isGasLeak(subject) || hasSign(subject, context.options.waterSigns);
  }

  function lossWords(assetId: string, { sensorName }: Cause): Words {
    const name = nameOf(assetId, context);
    return { en: `${name.en} lost supply (alarm of ${sensorName})`, zh: `${name.zh}失去供应（见${sensorName}报警）` };
  }

  function follow(entry: DeskEntry): void {
    const { current, clearedAtMs } = entry;
    const subject = subjectOf(current);
    const lost = lostAsset(subject, context);
    const keys = lost === null ? [] : [`lost ${lost}`];
    if (isStale(subject)) {
      keys.push(`silent device ${subject.deviceId}`);
      if (subject.gatewayId !== null) keys.push(`silent behind ${subject.gatewayId}`);
    }
    if (keys.length === 0) {
      causes.take(current.alarmId);
      if (current.state === 'normal') subjects.delete(current.alarmId);
      return;
    }
    const explains = current.state !== 'out-of-service' && !current.holds?.suppressedBy?.startsWith(UPSTREAM);
    causes.put(keys, {
      alarmId: current.alarmId,
      deviceId: subject.deviceId,
      sensorName: current.sensorName,
      raisedAtMs: current.raisedAtMs,
      endedAtMs: subject.isActive ? null : (clearedAtMs ?? current.atMs),
      changedAtMs: current.atMs,
      explains,
    });
  }

  function subjectOf(alarm: AlarmTransition): Subject {
    const known = subjects.get(alarm.alarmId);
    if (known?.sequence === alarm.sequence) return known.subject;
    const asset = alarm.assetId === null ? undefined : context.assetOf(alarm.assetId);
    const subject = newSubject(alarm, ports.sensorOf(alarm.sensorId), asset);
    // What ends a condition names the limit it came back over; what was lost is what it was before.
    if (known && alarm.event === 'clear') subject.limit = known.subject.limit;
    subjects.set(alarm.alarmId, { sequence: alarm.sequence, subject });
    return subject;
  }
}

function silentWords(gateway: Words, { sensorName }: Cause): Words {
  return { en: `${gateway.en} is silent (alarm of ${sensorName})`, zh: `${gateway.zh}失联（见${sensorName}报警）` };
}

function explanationOf({ alarmId, raisedAtMs }: Cause, words: Words): Explanation {
  return { by: UPSTREAM + alarmId, words, sinceMs: raisedAtMs };
}

/** Whether an alarm means gas where people are, by the same signs that make it an incident of its own. */
export function gasDangerBy(
  ports: Pick<UpstreamPorts, 'sensorOf' | 'graph' | 'options'>,
): (alarm: AlarmTransition) => boolean {
  const context: Pick<RuleContext, 'isGasLeak'> = contextOf(ports);
  return (alarm) => context.isGasLeak(newSubject(alarm, ports.sensorOf(alarm.sensorId), undefined));
}
