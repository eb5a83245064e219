import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { CallOut, CallOutMessage } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { CallOutError } from '@lifeline/records';
import { deliver, type Delivered } from './webhook.js';

/** [P] Messages on their way at once; a city that calls out more crews within a minute rings them. */
const MOST_UNDER_WAY = 64;
/** [P] A message that waited longer, while no gateway ran, is old news: it is told as not sent. */
const OLDEST_RESUMED_MS = 10 * 60_000;
/** The records may be away for a moment when the address has answered. */
const TELL_AGAIN_MS = [500, 2_000, 8_000];

/** Tells the city's own address of call-outs, beside the request that made them, and keeps how each fared. */
export class CallOutDeliveries implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  /** Goes on with what was on its way when the gateway ended; the address knows by the id what it was told before. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      for (const callOut of await this.ports.records.callOuts.undelivered()) this.begin(callOut);
    } catch (error) {
      this.ports.say(`gateway: call-outs that are on their way cannot be read: ${String(error)}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.allSettled(this.underWay.values());
  }

  /** Returns at once. Begun a second time it goes out once. */
  begin(callOut: CallOut): void {
    const { callOutId } = callOut;
    if (this.underWay.has(callOutId) || this.ending.signal.aborted) return;
    const work = this.fare(callOut)
      .then((delivered) => (delivered ? this.keep(callOutId, delivered) : undefined))
      .catch((error: unknown) => this.ports.say(`gateway: how a call-out fared cannot be kept: ${String(error)}`))
      .finally(() => this.underWay.delete(callOutId));
    this.underWay.set(callOutId, work);
  }

  /** Undefined where the gateway ends meanwhile: the next one goes on with it. */
  private async fare(callOut: CallOut): Promise<Delivered | undefined> {
    const { configuration, clock } = this.ports;
    const lost = (why: 'too-many' | 'interrupted'): Delivered => ({ kind: 'not-sent', attempts: 0, why, status: null });
    const url = configuration.callOutWebhook;
    if (url === undefined || clock.nowMs() - callOut.atMs > OLDEST_RESUMED_MS) return lost('interrupted');
    if (this.underWay.size >= MOST_UNDER_WAY) return lost('too-many');
    const delivered = await deliver(messageOf(callOut), { url, signal: this.ending.signal });
    return this.ending.signal.aborted && delivered.kind === 'not-sent' ? undefined : delivered;
  }

  private async keep(callOutId: string, delivered: Delivered): Promise<void> {
    for (const pauseMs of [...TELL_AGAIN_MS, undefined]) {
      try {
        await this.ports.records.callOuts.add(callOutId, { ...delivered, atMs: this.ports.clock.nowMs() });
        return;
      } catch (error) {
        // Another gateway was quicker.
        if (error instanceof CallOutError) return;
        if (pauseMs === undefined || this.ending.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }
}

function messageOf({ callOutId, atMs, by, message, crew, alarmId, incidentId }: CallOut): CallOutMessage {
  const { postId, name, phone } = crew;
  const at = new Date(atMs).toISOString();
  return { event: 'call-out', callOutId, at, by, message, crew: { postId, name, phone }, alarmId, incidentId };
}
