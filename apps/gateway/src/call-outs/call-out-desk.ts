import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  FURTHEST_ARRIVAL_MS,
  isLikelyArrival,
  isOnCall,
  type CallOut,
  type NewCallOut,
  type NewResult,
  type User,
} from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { CallOutError } from '@lifeline/records';
import { AlarmDeskCall } from '../alarms/alarm-desk-call.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { LiveFeed } from '../live/live-feed.js';
import { refusal } from '../problems/refusals.js';
import { CallOutDeliveries } from './deliveries.js';

const TOLD_AFTER_A_GAP = 100;

/** Keeps call-outs, tells the city's address of them, and tells every page what becomes of them. */
export class CallOutDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopListening: (() => Promise<void>) | undefined;
  private isEnding = false;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(AlarmDeskCall) private readonly alarms: AlarmDeskCall,
    @Inject(CallOutDeliveries) private readonly deliveries: CallOutDeliveries,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { callOuts } = this.ports.records;
    // Whichever gateway changed it: the records tell all of them. After a gap the newest are told again: a page takes what it lacks.
    this.stopListening = await callOuts.onChange((callOutId) => {
      const changed =
        callOutId === undefined
          ? callOuts.callOuts({ limit: TOLD_AFTER_A_GAP }).then(({ items }) => items)
          : callOuts.callOut(callOutId).then((callOut) => (callOut ? [callOut] : []));
      changed.then(
        (told) => told.forEach((callOut) => this.feed.callOutChanges.next(callOut)),
        (error: unknown) => {
          // The records may close while the last change is read.
          if (!this.isEnding) this.ports.say(`gateway: a call-out cannot be told: ${String(error)}`);
        },
      );
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    await this.stopListening?.();
  }

  async callOut({ callOutId, about, postId, version, message }: NewCallOut, user: User): Promise<CallOut> {
    const { records, clock, configuration } = this.ports;
    const place = 'alarmId' in about ? await this.ofAlarm(about.alarmId) : this.ofIncident(about.incidentId);
    const post = await records.duty.post(postId);
    if (!post) throw refusal('duty-unknown', { id: postId });
    if (post.removedAtMs !== null) throw refusal('duty-removed');
    if (post.version !== version) throw refusal('duty-changed', { who: post.changedBy });
    const nowMs = clock.nowMs();
    const { name, utility, phone, can } = post;
    const onCall = isOnCall(post.hours, nowMs, this.options.city.timeZone);
    const crew = { postId, version, name, utility, phone, can, isOnCall: onCall };
    const delivery = configuration.callOutWebhook === undefined ? 'phone' : 'webhook';
    const made = { callOutId, ...place, crew, message, by: user.username, atMs: nowMs, delivery } as const;
    try {
      const callOut = await records.callOuts.create(made);
      if (delivery === 'webhook' && callOut.steps.length === 0) this.deliveries.begin(callOut);
      return callOut;
    } catch (error) {
      if (error instanceof CallOutError) throw refusal('call-out-id-taken');
      throw error;
    }
  }

  async addResult(callOutId: string, seen: number, result: NewResult, user: User): Promise<CallOut> {
    const nowMs = this.ports.clock.nowMs();
    if (result.kind === 'reached' && result.expectedAtMs !== null && !isLikelyArrival(result.expectedAtMs, nowMs))
      throw refusal('arrival-unlikely', { hours: FURTHEST_ARRIVAL_MS / 3_600_000 }, 'result.expectedAtMs');
    try {
      const step = { ...result, by: user.username, atMs: nowMs };
      return await this.ports.records.callOuts.add(callOutId, step, seen);
    } catch (error) {
      if (!(error instanceof CallOutError)) throw error;
      if (error.code === 'call-out-unknown') throw refusal('call-out-unknown', { id: callOutId });
      if (error.code === 'moved') throw refusal('call-out-moved', { who: error.by ?? '' });
      throw refusal('call-out-over');
    }
  }

  private async ofAlarm(alarmId: string): Promise<{ alarmId: string; incidentId: null }> {
    const alarm = await this.alarms.alarm(alarmId);
    if (!alarm) throw refusal('alarm-unknown', { id: alarmId });
    if (alarm.state === 'normal') throw refusal('alarm-over');
    return { alarmId, incidentId: null };
  }

  /** Also by the alarm that began it: should the incident be taken in by another, the call-out is found there. */
  private ofIncident(incidentId: string): { alarmId: string; incidentId: string } {
    const incident = this.feed.incidents.open().find((open) => open.incidentId === incidentId);
    if (!incident) throw refusal('incident-not-open', { id: incidentId });
    return { alarmId: incident.firstOut.alarmId, incidentId };
  }
}
