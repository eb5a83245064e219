import type { Incident, IncidentMember, LiveIncident } from '@lifeline/contracts';
import type { StandingIncident, ToldIncident } from '@lifeline/records';
import { Registry } from 'prom-client';
import { Subject } from 'rxjs';
import { IncidentRecorder, MOST_WAITING } from './incident-recorder.js';

function anIncident(incidentId: string, over: Partial<Incident> = {}): Incident {
  return {
    ...{ incidentId, sequence: 1, kind: 'asset', state: 'open', mergedInto: null, priority: 'orange' },
    ...{ utility: 'gas', utilities: ['gas'], causeAssetId: null, isGasLeak: false, district: null },
    ...{ openedAtMs: 1, closedAtMs: null, staysOpen: false, conclusion: null, actSequence: 0 },
    firstOut: { alarmId: 'a', sensorId: 'd/p', assetId: null, sensorName: 'Pressure', raisedAtMs: 1 },
    ...{ newestAtMs: 1, respondWithinMs: 1, position: null, extent: null },
    headline: { en: 'R-1: 2 alarms', zh: 'R-1：2条报警' },
    counts: { members: 2, open: 2, announced: 2, unacknowledged: 2, assets: 1, leakSigns: 0 },
    ...over,
  };
}
const aMember = (alarmId: string): IncidentMember => ({
  ...{ alarmId, rule: 'asset', to: 'a' },
  why: { en: 'same asset', zh: '同一设施' },
});
const change = (incident: Incident, joined: readonly string[] = [], left: readonly string[] = []): LiveIncident => ({
  ...{ event: 'updated', atMs: 1, incident, joined: joined.map(aMember), left, acts: [] },
});

/** Records that take or refuse as the case says, and a feed to tell by. */
function bench() {
  const kept: ToldIncident[][] = [];
  const said: string[] = [];
  const changes = new Subject<LiveIncident>();
  const state = { answers: true, position: 1, open: [] as Incident[], standing: [] as StandingIncident[] };
  const recorder = new IncidentRecorder(
    {
      clock: { nowMs: () => 99 },
      metrics: new Registry(),
      say: (line) => said.push(line),
      records: {
        incidents: {
          keep: async (told) => {
            if (!state.answers) throw new Error('the database is away');
            kept.push([...told]);
          },
          standing: async () => state.standing,
        },
      },
    },
    {
      incidentChanges: changes,
      get alarmPosition() {
        return state.position;
      },
      incidents: {
        open: () => state.open.map((incident) => ({ ...incident, members: [aMember('a')] })),
        incident: (incidentId) => state.open.find((one) => one.incidentId === incidentId),
      },
    },
  );
  return { recorder, kept, said, changes, state };
}

describe('the recorder of incidents', () => {
  it('writes what an incident became in one go, however often it moved', async () => {
    const { recorder, kept, changes, state } = bench();
    changes.next(change(anIncident('incident.a'), ['a', 'b']));
    state.position = 7;
    changes.next(change(anIncident('incident.a', { sequence: 2 }), ['c'], ['b']));
    expect(await recorder.flush()).toBe(true);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject([{ incident: { sequence: 2 }, position: 7, left: ['b'] }]);
    expect(kept[0]![0]!.joined.map(({ alarmId }) => alarmId)).toEqual(['a', 'c']);
    await recorder.onApplicationShutdown();
  });

  it('keeps what the records did not take and writes it after them, with what came since', async () => {
    const { recorder, kept, said, changes, state } = bench();
    state.answers = false;
    changes.next(change(anIncident('incident.a'), ['a', 'b']));
    expect(await recorder.flush()).toBe(false);
    expect(said).toEqual([expect.stringContaining('the database is away')]);
    changes.next(change(anIncident('incident.a', { sequence: 2 }), ['c'], ['a']));
    changes.next(change(anIncident('incident.z')));
    expect(await recorder.flush()).toBe(false);
    state.answers = true;
    expect(await recorder.flush()).toBe(true);
    expect(
      kept[0]!.map(({ incident, joined, left }) => [incident.sequence, joined.map((m) => m.alarmId), left]),
    ).toEqual([
      [2, ['b', 'c'], ['a']],
      [1, [], []],
    ]);
    await recorder.onApplicationShutdown();
  });

  it('holds no more than it may, and then writes whole what is open and closes what is over', async () => {
    const { recorder, kept, changes, state } = bench();
    state.answers = false;
    const many = Array.from({ length: MOST_WAITING }, (_, i) => `alarm-${i}`);
    changes.next(change(anIncident('incident.vast'), many));
    changes.next(change(anIncident('incident.one')));
    state.open = [anIncident('incident.one', { sequence: 4 })];
    const incident = anIncident('incident.over', { sequence: 3 });
    state.standing = [{ incident, members: [], acts: [] }];
    expect(await recorder.flush()).toBe(false);
    state.answers = true;
    expect(await recorder.flush()).toBe(true);
    expect(kept[0]).toMatchObject([
      { incident: { incidentId: 'incident.over', state: 'closed', closedAtMs: 99, counts: { open: 0 } } },
      { incident: { incidentId: 'incident.one', sequence: 4 }, isWhole: true, joined: [{ alarmId: 'a' }] },
    ]);
    await recorder.onApplicationShutdown();
  });
});
