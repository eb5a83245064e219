import { Inject } from '@nestjs/common';
import { MOST_OVER_GIVEN, type Incident, type IncidentFile, type NewIncidentAct, type User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { InputOf } from '../calls/call.js';
import { LiveFeed } from '../live/live-feed.js';
import { refusal } from '../problems/refusals.js';
import { IncidentActs } from './incident-acts.js';
import { IncidentRecorder } from './incident-recorder.js';

/** What people may do to incidents, and what is refused. */
export class IncidentWork {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(IncidentActs) private readonly acts: IncidentActs,
    @Inject(IncidentRecorder) private readonly recorder: IncidentRecorder,
  ) {}

  /** @throws ProblemError `incident-unknown` */
  async file(incidentId: string): Promise<IncidentFile> {
    const { incidents, alarms } = this.ports.records;
    const incident = this.feed.incidents.incident(incidentId);
    const file = incident
      ? {
          incident,
          members: this.feed.incidents.members(incidentId),
          acts: [...(await incidents.acts(incidentId))],
        }
      : await incidents.incident(incidentId);
    if (!file) throw refusal('incident-unknown', { id: incidentId });
    const ids = file.members.map(({ alarmId }) => alarmId).filter((alarmId) => !this.isOpen(alarmId));
    const over = await alarms.alarmsById(ids.slice(0, MOST_OVER_GIVEN));
    return { ...file, over: over.toSorted((a, b) => a.raisedAtMs - b.raisedAtMs) };
  }

  private isOpen(alarmId: string): boolean {
    return (this.feed.view.alarms.alarm(alarmId)?.state ?? 'normal') !== 'normal';
  }

  async open({ headline, alarmIds }: InputOf<'openIncident'>['body'], user: User): Promise<IncidentFile> {
    const ids = [...new Set(alarmIds)];
    const incidentId = await this.freeName(ids[0]!);
    await this.acts.write(incidentId, (before) => {
      this.refuseUnlessFree(ids, null);
      if (before) throw refusal('incident-changed', { who: user.username });
      return { kind: 'opened', ...this.by(incidentId, user), headline, alarmIds: ids };
    });
    return this.done(incidentId);
  }

  async note(incidentId: string, text: string, user: User): Promise<IncidentFile> {
    return this.write(incidentId, () => ({ kind: 'note', ...this.by(incidentId, user), text }));
  }

  async add(incidentId: string, alarmIds: readonly string[], user: User): Promise<IncidentFile> {
    return this.write(incidentId, (incident) => {
      if (incident.state === 'closed') throw refusal('incident-closed');
      const ids = [...new Set(alarmIds)];
      this.refuseUnlessFree(ids, incidentId);
      return { kind: 'alarms-added', ...this.by(incidentId, user), alarmIds: ids };
    });
  }

  async takeOut(incidentId: string, alarmId: string, user: User): Promise<IncidentFile> {
    return this.write(incidentId, (incident) => {
      if (incident.state === 'closed') throw refusal('incident-closed');
      if (this.feed.incidents.openOf(alarmId)?.incidentId !== incidentId) throw refusal('alarm-not-in-incident');
      return { kind: 'alarm-taken-out', ...this.by(incidentId, user), alarmId };
    });
  }

  async close(incidentId: string, asked: InputOf<'closeIncident'>['body'], user: User): Promise<IncidentFile> {
    const { seenAct, cause, text, standingReason } = asked;
    return this.write(incidentId, async (incident) => {
      if (incident.conclusion !== null) throw refusal('incident-closed');
      if (incident.actSequence !== seenAct) {
        const newest = (await this.ports.records.incidents.acts(incidentId)).at(-1);
        throw refusal('incident-changed', { who: newest?.by ?? '' });
      }
      const count = incident.counts.open;
      if (count > 0 && standingReason === undefined) throw refusal('incident-standing', { count });
      const standing = count > 0 ? { count, reason: standingReason! } : null;
      return { kind: 'closed', ...this.by(incidentId, user), cause, text, standing };
    });
  }

  async reopen(incidentId: string, reason: string, user: User): Promise<IncidentFile> {
    return this.write(incidentId, (incident) => {
      if (incident.state === 'open') throw refusal('incident-open');
      return { kind: 'reopened', ...this.by(incidentId, user), reason };
    });
  }

  private async write(
    incidentId: string,
    decide: (incident: Incident) => NewIncidentAct | Promise<NewIncidentAct>,
  ): Promise<IncidentFile> {
    await this.acts.write(incidentId, (incident) => {
      if (!incident) throw refusal('incident-unknown', { id: incidentId });
      return decide(incident);
    });
    return this.done(incidentId);
  }

  /** Once a list that is asked for right after shows it; where the records fail just now, it comes there later. */
  private async done(incidentId: string): Promise<IncidentFile> {
    await this.recorder.flush();
    return this.file(incidentId);
  }

  private by(incidentId: string, user: User) {
    return { incidentId, by: user.username, atMs: this.ports.clock.nowMs() };
  }

  /** Named by its first alarm, as all incidents are; numbered where that name was given before. */
  private async freeName(alarmId: string): Promise<string> {
    const { incidents } = this.ports.records;
    for (let number = 1; ; number++) {
      const name = number === 1 ? `incident.${alarmId}` : `incident.${alarmId}.${number}`;
      const isTaken =
        this.feed.incidents.incident(name) !== undefined ||
        (await incidents.incident(name)) !== undefined ||
        (await incidents.acts(name)).length > 0;
      if (!isTaken) return name;
    }
  }

  private refuseUnlessFree(alarmIds: readonly string[], incidentId: string | null): void {
    for (const alarmId of alarmIds) {
      const { incidents } = this.feed;
      if (!incidents.knowsAlarm(alarmId)) throw refusal('alarm-unknown', { id: alarmId });
      if (!this.isOpen(alarmId)) throw refusal('alarm-over');
      const other = incidents.openOf(alarmId);
      if (other && other.incidentId !== incidentId) throw refusal('alarm-in-incident', { headline: other.headline.en });
    }
  }
}
