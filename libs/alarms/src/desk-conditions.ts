import { worsePriority, type AlarmTransition, type Priority } from '@lifeline/contracts';
import { chatterAfter, chatterBy, isToBeTold, toldChatter } from './chatter.js';
import { eventOf, priorityAfter } from './condition-event.js';
import type { DeskEntries } from './desk-entries.js';
import { alarmIdOf } from './alarm-id.js';
import { isHeld, nextLife, type Life } from './life-cycle.js';
import type { AlarmDesk, Condition, DeskEntry, DeskFigures, DeskPorts } from './port.js';
import { chosen } from './suppression/explanation.js';

type TakerPorts = DeskPorts & Required<Pick<DeskPorts, 'behaviour' | 'explanations'>>;
const NEW_LIFE: Life = { state: 'normal', holds: null };

/** The desk's way with conditions: what they make of an alarm, what chatters, and what is explained from its first moment on. */
export function createConditionTaker(
  { sensor, behaviour, explanations, chatter: criteria = [], definedPriority = () => null }: TakerPorts,
  entries: DeskEntries,
  figures: { -readonly [Key in keyof DeskFigures]: number },
): AlarmDesk['condition'] {
  return function condition(told) {
    const of = sensor(told.sensorNo);
    if (!of || !Number.isFinite(told.atMs)) return undefined;
    const given = told.change === 'end' ? told : { ...told, priority: worstPriority(told, of.sensorId) };
    const entry = entries.of(of.sensorId, given.rule);
    if (entry?.chatterState) {
      const chattering = chatterOn(entry, given);
      if (chattering !== 'worse') return chattering;
    }
    const event = eventOf(given, entry);
    if (!event) return undefined;
    // A raise where the alarm is not open any more begins a new life; on D it goes on with the old one.
    const before = entry && entry.current.state !== 'normal' ? entry.current : undefined;
    const to = nextLife(before ?? NEW_LIFE, { event }, before !== undefined && behaviour(before).latches);
    if (!to) return undefined;
    const limit = limitOf(given);
    const chatter =
      event === 'raise'
        ? chatterAfter({ atMs: given.atMs, limit }, entry, criteria)
        : event === 'escalate' && before?.chatter
          ? toldChatter(entry!.chatterState!)
          : undefined;
    const next = explained({
      alarmId: before ? before.alarmId : alarmIdOf(of, given.rule, given.atMs),
      sequence: before ? before.sequence + 1 : 1,
      sensorId: of.sensorId,
      assetId: of.assetId,
      utility: of.utility,
      rule: given.rule,
      event,
      ...to,
      priority: priorityAfter(event, given.priority, before),
      raisedAtMs: before ? before.raisedAtMs : given.atMs,
      atMs: given.atMs,
      value: finiteOrNull(given.value),
      unit: of.unit,
      limit,
      reason: { en: given.reason.en, zh: given.reason.zh },
      evidence: given.change === 'end' ? (before?.evidence ?? null) : (given.evidence ?? null),
      position: { lon: of.lon, lat: of.lat },
      ...(chatter ? { chatter } : {}),
      sensorName: of.name,
      actor: null,
      note: null,
    });
    if (event === 'raise') figures[isHeld(next.state) ? 'held' : 'announced']++;
    return entries.take(next);
  };

  /** What begins while something explains it begins suppressed; what gets worse than what explains it may hide is announced. */
  function explained(next: AlarmTransition): AlarmTransition {
    if (next.event === 'clear') return next;
    const present = next.holds?.suppressedBy ?? null;
    if (present === null && (next.event !== 'raise' || isHeld(next.state))) return next;
    const found = chosen(explanations.of(next, next.atMs), present);
    const to = found
      ? nextLife(next, { event: 'suppress', by: found.by, explanation: found.words })
      : present === null
        ? undefined
        : nextLife(next, { event: 'unsuppress' });
    return to ? { ...next, ...to } : next;
  }

  /** Follows the condition of an alarm that chatters; it stays one line, and only what is worse is told. */
  function chatterOn(entry: DeskEntry, given: Condition): AlarmTransition | 'worse' | undefined {
    const { current, chatterState } = entry;
    const next = chatterBy(chatterState!, given, current.limit);
    if (given.change === 'begin' && next) figures.folded++;
    const known = next ?? chatterState!;
    if (next) entries.keepChatter(entry, next);
    if (given.change === 'end') return undefined;
    if (eventOf(given, entry) === 'escalate') return 'worse';
    if (!next || !isToBeTold(known)) return undefined;
    return entries.take({
      ...current,
      ...{ sequence: current.sequence + 1, event: 'chatter', chatter: toldChatter(known) },
      ...{ atMs: given.atMs, value: finiteOrNull(given.value), actor: null, note: null },
    });
  }

  function worstPriority(told: Condition, sensorId: string): Priority {
    const { rule, evidence = null, priority } = told;
    const defined = definedPriority({ sensorId, rule, limit: limitOf(told), evidence });
    return defined === null ? priority : worsePriority(priority, defined);
  }
}

function limitOf({ limit, limitValue }: Condition): AlarmTransition['limit'] {
  return { kind: limit, value: finiteOrNull(limitValue) };
}

/** JSON has neither NaN nor infinity. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
