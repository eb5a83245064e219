import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Incident, IncidentAct, LiveIncident, NewIncidentAct } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { IncidentError } from '@lifeline/records';
import { LiveFeed } from '../live/live-feed.js';
import { refusal } from '../problems/refusals.js';
import { livesOf } from './kept-incidents.js';

const ACTS_A_READ = 500;
const RETRY_MS = 1_000;
/** Somebody else's acts may come between this often. */
const MOST_ATTEMPTS = 5;

/**
 * What people do to incidents: written to the records first, where one of two is let in, and then done by every gateway in the order
 * of the records.
 */
export class IncidentActs implements OnApplicationBootstrap, OnApplicationShutdown {
  private actNo: number | undefined;
  private pulling: Promise<void> = Promise.resolve();
  private stopListening: (() => Promise<void>) | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      this.stopListening = await this.ports.records.incidents.onAct(() => this.pullSoon());
    } catch (error) {
      this.ports.say(`gateway: what others do to incidents is not heard: ${String(error)}`);
      this.again();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retry);
    await this.stopListening?.().catch(() => undefined);
    await this.pulling.catch(() => undefined);
  }

  /**
   * Writes an act, and returns when it is done here.
   * @param decide looks at the incident as it is now and gives the act, or refuses; asked again where another act came between
   */
  async write(
    incidentId: string,
    decide: (incident: Incident | undefined) => NewIncidentAct | Promise<NewIncidentAct>,
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const incident = await this.remembered(incidentId);
      const act = await decide(incident);
      try {
        await this.ports.records.incidents.act(act, incident?.actSequence ?? 0);
        break;
      } catch (error) {
        if (!(error instanceof IncidentError)) throw error;
        if (attempt === MOST_ATTEMPTS) throw refusal('incident-changed', { who: error.by });
        await this.pull();
      }
    }
    // The act is kept: where it cannot be read back now it will be.
    await this.pull().catch(() => this.again());
  }

  /** Does what was done since. */
  private pull(): Promise<void> {
    const pulled = this.pulling.catch(() => undefined).then(() => this.readOn());
    this.pulling = pulled;
    return pulled;
  }

  private pullSoon(): void {
    this.pull().catch((error: unknown) => {
      this.ports.say(`gateway: what people do to incidents cannot be read: ${String(error)}`);
      this.again();
    });
  }

  private again(): void {
    if (this.isStopped) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(
      () => void (this.stopListening ? this.pullSoon() : this.onApplicationBootstrap()),
      RETRY_MS,
    );
  }

  private async readOn(): Promise<void> {
    // Before the incidents are loaded there is nothing to do acts to; the load reads them.
    if (this.feed.problem !== undefined) return this.again();
    this.actNo ??= this.feed.loadedActNo;
    for (;;) {
      const acts = await this.ports.records.incidents.actsAfter(this.actNo, ACTS_A_READ);
      for (const { actNo, act } of acts) {
        await this.do(act);
        this.actNo = actNo;
      }
      if (acts.length < ACTS_A_READ) return;
    }
  }

  private async do(act: IncidentAct): Promise<void> {
    if (act.kind !== 'opened') await this.remembered(act.incidentId);
    const { incidents } = this.feed;
    if (act.sequence <= (incidents.incident(act.incidentId)?.actSequence ?? 0)) return;
    this.feed.tellIncidents(incidents.act(act));
  }

  /** What is not in memory any more is taken from the records. */
  private async remembered(incidentId: string): Promise<Incident | undefined> {
    const { feed, ports } = this;
    const live = feed.incidents.incident(incidentId);
    if (live) return live;
    const file = await ports.records.incidents.incident(incidentId);
    if (!file) return undefined;
    const changes: LiveIncident[] = feed.incidents.adopt(file, await livesOf(ports.records, file), ports.clock.nowMs());
    feed.tellIncidents(changes);
    return feed.incidents.incident(incidentId);
  }
}
