import { z } from 'zod';
import { dutyPostSchema } from './duty.js';

/** Call-outs: a crew is asked to go to where an alarm or an incident is. A call-out is a record that is only added to. */

export const MOST_MESSAGE_CHARACTERS = 1000;
/** [P] How far ahead a crew may be expected; who comes later is called out later. */
export const FURTHEST_ARRIVAL_MS = 24 * 3_600_000;
/** [P] An arrival that was said while the clock went on is not refused. */
const ARRIVAL_SLACK_MS = 60_000;

/** The crew as it was on the list when it was called out. */
export const calledCrewSchema = dutyPostSchema
  .pick({ postId: true, version: true, name: true, utility: true, phone: true, can: true })
  .extend({ isOnCall: z.boolean() });
export type CalledCrew = z.infer<typeof calledCrewSchema>;

export const CALL_OUT_RESULTS = ['reached', 'no-answer', 'arrived', 'stood-down'] as const;
export type CallOutResultKind = (typeof CALL_OUT_RESULTS)[number];

const whoSchema = z.string().trim().max(120);
const noteSchema = z.string().trim().max(500);

/** What became of a call-out, as a person says it. */
export const newResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reached'),
    /** Who answered. */
    who: whoSchema.default(''),
    /** When they say they are there; null: they did not. */
    expectedAtMs: z.number().nullable().default(null),
    note: noteSchema.default(''),
  }),
  z.strictObject({ kind: z.enum(['no-answer', 'arrived', 'stood-down']), note: noteSchema.default('') }),
]);
export type NewResult = z.infer<typeof newResultSchema>;
/** As it is sent: what is not said may be left out. */
export type SaidResult = z.input<typeof newResultSchema>;

/** Why the message did not get to where the city takes it. `{status}` goes with `refused`. */
export const DELIVERY_FAULTS = ['refused', 'unreachable', 'no-time', 'too-many', 'interrupted'] as const;
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];

const stepFields = { sequence: z.int().positive(), atMs: z.number() };

/** One thing that happened to a call-out; never rewritten. */
export const callOutStepSchema = z.discriminatedUnion('kind', [
  z.object({
    ...stepFields,
    kind: z.literal('reached'),
    by: z.string(),
    who: z.string(),
    expectedAtMs: z.number().nullable(),
    note: z.string(),
  }),
  z.object({ ...stepFields, kind: z.enum(['no-answer', 'arrived', 'stood-down']), by: z.string(), note: z.string() }),
  z.object({ ...stepFields, kind: z.literal('sent'), attempts: z.int() }),
  z.object({
    ...stepFields,
    kind: z.literal('not-sent'),
    attempts: z.int(),
    why: z.enum(DELIVERY_FAULTS),
    /** What the address answered, where it answered. */
    status: z.int().nullable(),
  }),
]);
export type CallOutStep = z.infer<typeof callOutStepSchema>;
export type CallOutResult = Extract<CallOutStep, { by: string }>;
export type DeliveryStep = Exclude<CallOutStep, CallOutResult>;

/** By what the message goes out: an address of the city's own that Lifeline tells, or nothing: the crew must be rung. */
export const DELIVERIES = ['webhook', 'phone'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const callOutSchema = z.object({
  callOutId: z.string(),
  /** The alarm; of an incident the one that began it. */
  alarmId: z.string(),
  /** Where it was called out for an incident. */
  incidentId: z.string().nullable(),
  crew: calledCrewSchema,
  message: z.string(),
  by: z.string(),
  atMs: z.number(),
  delivery: z.enum(DELIVERIES),
  /** Oldest first. */
  steps: z.array(callOutStepSchema),
});
/** Also the live event `callOut`: the whole, after each step. */
export type CallOut = z.infer<typeof callOutSchema>;

export const newCallOutSchema = z.strictObject({
  /** Made by who calls: the same again is the same call-out, so that a lost answer calls nobody twice. */
  callOutId: z.uuid(),
  about: z.union([
    z.strictObject({ alarmId: z.string().max(300) }),
    z.strictObject({ incidentId: z.string().max(300) }),
  ]),
  postId: z.string().max(64),
  /** Version of the post that the caller saw: who was changed meanwhile is not called unseen. */
  version: z.int().positive(),
  message: z.string().trim().min(1).max(MOST_MESSAGE_CHARACTERS),
});
export type NewCallOut = z.infer<typeof newCallOutSchema>;

/** What the city's own address is sent, as JSON by POST, with the call-out's id as `Idempotency-Key`. */
export const callOutMessageSchema = z.object({
  event: z.literal('call-out'),
  callOutId: z.string(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  by: z.string(),
  message: z.string(),
  crew: calledCrewSchema.pick({ postId: true, name: true, phone: true }),
  alarmId: z.string(),
  incidentId: z.string().nullable(),
});
export type CallOutMessage = z.infer<typeof callOutMessageSchema>;

export function isResult(step: CallOutStep): step is CallOutResult {
  return step.kind !== 'sent' && step.kind !== 'not-sent';
}

/** The newest thing that a person said of it; undefined where nobody did. */
export function newestResult({ steps }: Pick<CallOut, 'steps'>): CallOutResult | undefined {
  return steps.findLast(isResult);
}

export type CallOutState = 'called' | CallOutResultKind;

export function callOutState(callOut: Pick<CallOut, 'steps'>): CallOutState {
  return newestResult(callOut)?.kind ?? 'called';
}

/**
 * What may be said of a call-out that stands so: who did not answer may ring back, and what was said by mistake is put right by
 * saying that they are reached, never by taking it away.
 */
const NEXT: Readonly<Record<CallOutState, readonly CallOutResultKind[]>> = {
  called: ['reached', 'no-answer', 'arrived', 'stood-down'],
  reached: ['reached', 'arrived', 'stood-down'],
  'no-answer': ['reached', 'arrived', 'stood-down'],
  arrived: ['reached', 'stood-down'],
  'stood-down': ['reached'],
};

export function mayFollow(callOut: Pick<CallOut, 'steps'>, kind: CallOutResultKind): boolean {
  return NEXT[callOutState(callOut)].includes(kind);
}

/** How the message stands on its way; undefined where the crew is rung by a person. */
export function deliveryOf({
  delivery,
  steps,
}: Pick<CallOut, 'delivery' | 'steps'>): 'sending' | DeliveryStep | undefined {
  if (delivery === 'phone') return undefined;
  return steps.findLast((step): step is DeliveryStep => !isResult(step)) ?? 'sending';
}

/** Whether a crew may be expected then. */
export function isLikelyArrival(expectedAtMs: number, nowMs: number): boolean {
  return expectedAtMs >= nowMs - ARRIVAL_SLACK_MS && expectedAtMs <= nowMs + FURTHEST_ARRIVAL_MS;
}
