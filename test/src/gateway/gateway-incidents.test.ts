import { liveIncidentSchema, routes, type IncidentWithMembers } from '@lifeline/contracts';
import { aTransition, anAsset } from '../contract/records-builders.js';
import { LiveSocket } from './live-socket.js';
import { RunningGateway } from './running-gateway.js';

const SUBSTATION = anAsset('pwr-sub-1', { utility: 'power', kind: 'substation', name: 'North Substation' });
const FEEDERS = ['pwr-f-1', 'pwr-f-2'].map((assetId) =>
  anAsset(assetId, { utility: 'power', kind: 'feeder', properties: { substationId: 'pwr-sub-1' } }),
);

describe('incidents', () => {
  let gateway: RunningGateway;
  let token: string;
  let live: LiveSocket;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      await ports.records.registry.putAssets([SUBSTATION, ...FEEDERS]);
      await ports.registry.reload();
    });
    token = await gateway.login('olga');
    live = await LiveSocket.connect(gateway.url, { token });
  });
  afterAll(async () => {
    live.close();
    await gateway.stop();
  });

  const listed = async (): Promise<IncidentWithMembers[]> => {
    const answer = await gateway.send('GET', '/incidents', { token });
    return routes.listIncidents.answer.parse(await answer.json()).items;
  };

  it('join the outages of feeders of one substation, name it as the cause, tell it live and list it with each why', async () => {
    const nowMs = gateway.ports.clock.nowMs();
    const lost = (assetId: string, afterMs: number) =>
      aTransition(`${assetId}.u.limit.1`, {
        ...{ sensorId: `${assetId}/u`, assetId, utility: 'power', raisedAtMs: nowMs + afterMs, atMs: nowMs + afterMs },
        ...{ limit: { kind: 'low-low', value: 9 }, value: 0, unit: 'kV', rule: 'physics' },
        evidence: {
          ...{ test: 'feeder-outage', expected: null, residual: null, carriers: [], confidence: null },
          ...{ location: null, figures: [] },
        },
      });
    expect(await listed()).toEqual([]);
    await gateway.appendTransitions(lost('pwr-f-1', 0), lost('pwr-f-2', 1000));
    await live.until(() => live.heard.incident.at(-1)?.incident.counts.members === 2);
    for (const change of live.heard.incident) liveIncidentSchema.parse(change);

    const [incident, ...others] = await listed();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      ...{ state: 'open', priority: 'orange', kind: 'supply', causeAssetId: 'pwr-sub-1' },
      counts: { members: 2, unacknowledged: 2 },
    });
    expect(incident!.incidentId).toBe(live.heard.incident.at(-1)!.incident.incidentId);
    expect(incident!.members.map(({ alarmId }) => alarmId).sort()).toEqual(['pwr-f-1.u.limit.1', 'pwr-f-2.u.limit.1']);
    for (const { why } of incident!.members) expect([why.en.length > 5, why.zh.length > 2]).toEqual([true, true]);
  });

  it('close when their alarms are over', async () => {
    const [incident] = await listed();
    const nowMs = gateway.ports.clock.nowMs();
    await gateway.appendTransitions(
      ...incident!.members.map(({ alarmId }) =>
        aTransition(alarmId, {
          sequence: 2,
          event: 'new-normal',
          state: 'normal',
          atMs: nowMs + 5000,
          utility: 'power',
        }),
      ),
    );
    await live.until(() => live.heard.incident.at(-1)?.incident.state === 'closed');
    expect(await listed()).toEqual([]);
  });

  it('are for those who are logged in', async () => {
    expect((await gateway.send('GET', '/incidents')).status).toBe(401);
  });
});
