/** The closed word lists of the field that every part of Lifeline, and the programs outside, share. */

export const UTILITIES = ['gas', 'power', 'bridge', 'drainage'] as const;
/** The lifeline a device belongs to. */
export type Utility = (typeof UTILITIES)[number];

export const QUALITIES = ['good', 'uncertain', 'bad'] as const;
/** Quality of a reading, as OPC UA (OPC 10000-8) names its three classes. */
export type Quality = (typeof QUALITIES)[number];

/**
 * Why a reading is not good. The position in this list is the code that the reading log stores: append only, never
 * reorder.
 */
export const QUALITY_REASONS = [
  'none',
  'out-of-range',
  'stuck',
  'spike',
  'clock-future',
  'late',
  'unit-mismatch',
  'not-a-number',
  'clock-past',
] as const;
export type QualityReason = (typeof QUALITY_REASONS)[number];

/** The quality each reason means: bad teaches nothing and raises nothing; uncertain is kept and shown as such. */
export const QUALITY_OF_REASON: Readonly<Record<QualityReason, Quality>> = {
  none: 'good',
  'out-of-range': 'bad',
  stuck: 'uncertain',
  spike: 'uncertain',
  'clock-future': 'bad',
  late: 'uncertain',
  'unit-mismatch': 'bad',
  'not-a-number': 'bad',
  'clock-past': 'bad',
};

export const PRIORITIES = ['red', 'orange', 'yellow', 'blue'] as const;
/** Alarm priority by consequence and time to respond: red is the worst (priority 1), blue the least (priority 4). */
export type Priority = (typeof PRIORITIES)[number];

export const ALARM_STATES = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
  'latched-unacknowledged',
  'latched-acknowledged',
  'shelved',
  'suppressed',
  'out-of-service',
] as const;
/** States A to I of ISA-18.2, in its order: returned and latched ones wait for a person, the last three are not announced. */
export type AlarmState = (typeof ALARM_STATES)[number];

export const ALARM_EVENTS = [
  'raise',
  'escalate',
  'clear',
  'acknowledge',
  'new-normal',
  'false-alarm',
  'reset',
  're-alarm',
  'shelve',
  'unshelve',
  'suppress',
  'unsuppress',
  'remove-from-service',
  'return-to-service',
  'chatter',
  'settle',
] as const;
/**
 * What moved an alarm from one state to the next. `new-normal`: a person said that what is now is usual from now on, which
 * closes the alarm. `false-alarm`: a person said that nothing was wrong, which acknowledges it. `suppress` and `unsuppress`
 * come from the plant's own logic (design suppression). `chatter` tells how often a chattering alarm came by now, `settle` that it
 * stands without a pause; neither moves the state.
 */
export type AlarmEvent = (typeof ALARM_EVENTS)[number];

export const ALARM_RULES = ['limit', 'rate', 'stale', 'statistical', 'group', 'physics'] as const;
/**
 * The family of rule that watches: a passed limit, a rate of change, silence, what is unlike the sensor's own past
 * (statistical), unlike its neighbours (group), or against the physics of its lifeline.
 */
export type AlarmRule = (typeof ALARM_RULES)[number];

export const ALARM_LIMITS = ['low-low', 'low', 'high', 'high-high', 'rate', 'stale', 'band', 'finding'] as const;
/** Which limit of the rule was passed; `finding` where a group or physics test spoke. */
export type AlarmLimit = (typeof ALARM_LIMITS)[number];

export const VERDICTS = ['new-normal', 'false-alarm'] as const;
/** What a person says of an alarm that a learned, group or physics rule raised. */
export type Verdict = (typeof VERDICTS)[number];

/** Rules that learn what is usual: of their alarms a person may give a verdict. The others go by the sensor's limits. */
export const LEARNING_RULES: readonly AlarmRule[] = ['statistical', 'group', 'physics'];

/** Why a message, or a part of it, could not become a reading. */
export const REJECT_REASONS = [
  'malformed-json',
  'malformed-cbor',
  'invalid-utf8',
  'wrong-shape',
  'too-large',
  'not-a-number',
  'wrong-type',
  'bad-timestamp',
  'timestamp-out-of-range',
  'wrong-topic',
  'unknown-device',
  'unknown-channel',
  'utility-mismatch',
  'not-authorised',
  'bad-credential',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export const ROLES = ['operator', 'engineer', 'administrator'] as const;
/** What a person may do: each role may do what the ones before it may. */
export type Role = (typeof ROLES)[number];

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** What speaks MQTT; also its MQTT username. 1 to 64 of letters, digits, `.`, `_`, `-`. */
export type DeviceId = Branded<'DeviceId'>;
/** `deviceId/channel`. */
export type SensorId = Branded<'SensorId'>;

/** The sensor's name from its device and channel. */
export function sensorIdOf(deviceId: string, channel: string): SensorId {
  return `${deviceId}/${channel}` as SensorId;
}
