import { incidentFileSchema, routes, type AlarmTransition, type IncidentFile } from '@lifeline/contracts';
import { aTransition, anAsset } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { LiveSocket } from './live-socket.js';
import { RunningGateway, runDesk } from './running-gateway.js';

/** What people do to incidents, over real stores; and what of it is there after a restart. */

const REGULATOR = anAsset('reg-1', { name: 'Regulator one', nameZh: '一号调压站' });

describe('work on incidents', () => {
  let gateway: RunningGateway;
  let token: string;
  let live: LiveSocket;
  let stopDesk: () => Promise<void>;
  let nowMs: number;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      await ports.records.registry.putAssets([REGULATOR]);
      await ports.registry.reload();
    });
    nowMs = gateway.ports.clock.nowMs();
    await connect();
  });
  afterAll(async () => {
    live.close();
    await stopDesk();
    await gateway.stop();
  });

  async function connect(): Promise<void> {
    token = await gateway.login('olga');
    live = await LiveSocket.connect(gateway.url, { token });
    stopDesk = runDesk(gateway.ports);
  }
  async function restart(): Promise<void> {
    live.close();
    await stopDesk();
    gateway = await gateway.restart();
    await connect();
  }

  const raise = (name: string, over: Partial<AlarmTransition> = {}) =>
    aTransition(name, {
      ...{ sensorId: `gas-1/${name}`, sensorName: `Sensor ${name}`, raisedAtMs: nowMs, atMs: nowMs },
      ...over,
    });
  async function stand(...transitions: AlarmTransition[]): Promise<void> {
    await gateway.appendTransitions(...transitions);
    const last = transitions.at(-1)!;
    await live.until(() =>
      live.heard.alarm.some(({ alarmId, sequence }) => alarmId === last.alarmId && sequence === last.sequence),
    );
    await eventually(
      () => gateway.ports.records.alarms.alarm(last.alarmId),
      (alarm) => alarm?.sequence === last.sequence,
    );
  }
  const over = (alarm: AlarmTransition) =>
    ({ ...alarm, sequence: 2, event: 'new-normal', state: 'normal', atMs: nowMs + 5_000 }) as const;

  const file = async (answer: Response): Promise<IncidentFile> => {
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(body));
    return incidentFileSchema.parse(body);
  };
  const post = (path: string, body: object, as = token) =>
    gateway.send('POST', `/incidents${path}`, { token: as, body });
  const read = async (incidentId: string) => file(await gateway.send('GET', `/incidents/${incidentId}`, { token }));
  const refusedBy = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
  const records = async (query: string) => {
    const answer = await gateway.send('GET', `/incident-records?${query}`, { token });
    return routes.listIncidentRecords.answer.parse(await answer.json()).items;
  };

  it('opens one by hand, which everybody is told of with who did it', async () => {
    await stand(raise('hand-1'), raise('hand-2', { priority: 'yellow' }));
    const opened = await file(await post('', { headline: ' Smell at the market ', alarmIds: ['hand-1', 'hand-2'] }));
    expect(opened.incident).toMatchObject({
      ...{ incidentId: 'incident.hand-1', kind: 'hand', state: 'open', staysOpen: true, actSequence: 1 },
      headline: { en: 'Smell at the market', zh: 'Smell at the market' },
    });
    expect(opened.members.map(({ alarmId, rule }) => [alarmId, rule])).toEqual([
      ['hand-1', 'hand'],
      ['hand-2', 'hand'],
    ]);
    expect(opened.acts).toMatchObject([{ kind: 'opened', by: 'olga', sequence: 1 }]);
    expect(live.heard.incident.at(-1)).toMatchObject({ event: 'opened', acts: opened.acts });
    expect((await records('state=open')).map(({ incidentId }) => incidentId)).toEqual(['incident.hand-1']);
  });

  it('refuses an alarm that is in another one, that is over, or that nobody knows', async () => {
    await stand(raise('gone'), over(raise('gone')));
    expect(await refusedBy(await post('', { headline: 'Again', alarmIds: ['hand-1'] }))).toBe('alarm-in-incident');
    expect(await refusedBy(await post('', { headline: 'Over', alarmIds: ['gone'] }))).toBe('alarm-over');
    expect(await refusedBy(await post('', { headline: 'What', alarmIds: ['never'] }))).toBe('alarm-unknown');
    expect((await post('', { headline: '  ', alarmIds: ['hand-1'] })).status).toBe(400);
    expect(await refusedBy(await post('/incident.never/notes', { text: 'x' }))).toBe('incident-unknown');
  });

  it('lets one of two in who open one of the same alarm at once, and all in who write notes', async () => {
    await stand(raise('race'));
    const emil = await gateway.login('emil');
    const answers = await Promise.all(
      [token, emil].map((as) => post('', { headline: 'Mine', alarmIds: ['race'] }, as)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const notes = await Promise.all(
      [token, emil, token].map((as, i) => post('/incident.race/notes', { text: `note ${i}` }, as)),
    );
    expect(notes.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { acts } = await read('incident.race');
    expect(acts.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('takes alarms in and out', async () => {
    await stand(raise('late'));
    const added = await file(await post('/incident.hand-1/alarms', { alarmIds: ['late'] }));
    expect(added.members.map(({ alarmId }) => alarmId)).toContain('late');
    const out = await file(await post('/incident.hand-1/alarms/take-out', { alarmId: 'late' }));
    expect(out.members.map(({ alarmId }) => alarmId)).not.toContain('late');
    expect(live.heard.incident.at(-1)).toMatchObject({ left: ['late'], acts: [{ kind: 'alarm-taken-out' }] });
    expect(await refusedBy(await post('/incident.hand-1/alarms/take-out', { alarmId: 'late' }))).toBe(
      'alarm-not-in-incident',
    );
  });

  it('closes none whose alarms stand, nor one that moved meanwhile, unless it is said why', async () => {
    const { incident } = await read('incident.hand-1');
    const close = { seenAct: incident.actSequence, cause: 'sensor', text: 'Probe wet' };
    const refused = await post('/incident.hand-1/close', close);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'incident-standing', params: { count: 2 } });
    const stale = { ...close, seenAct: 0, standingReason: 'swapped tomorrow' };
    expect(await refusedBy(await post('/incident.hand-1/close', stale))).toBe('incident-changed');
    const closed = await file(await post('/incident.hand-1/close', { ...close, standingReason: 'swapped tomorrow' }));
    expect(closed.incident).toMatchObject({ state: 'closed', conclusion: { cause: 'sensor', by: 'olga' } });
    expect(closed.acts.at(-1)).toMatchObject({ standing: { count: 2, reason: 'swapped tomorrow' } });
    expect(await refusedBy(await post('/incident.hand-1/alarms', { alarmIds: ['late'] }))).toBe('incident-closed');
    expect((await records('state=closed&q=probe')).map(({ incidentId }) => incidentId)).toEqual(['incident.hand-1']);
  });

  it('is done by every gateway on the same stores, and told to those who are connected there', async () => {
    const other = await gateway.another();
    const there = await LiveSocket.connect(other.url, { token });
    try {
      await stand(raise('two-1'), raise('two-2'));
      await there.until(() => there.heard.alarm.some(({ alarmId }) => alarmId === 'two-2'));
      await post('', { headline: 'Seen from both', alarmIds: ['two-1'] });
      await there.until(() => there.heard.incident.some(({ acts }) => acts[0]?.kind === 'opened'));
      const noted = await fetch(`${other.url}/api/v1/incidents/incident.two-1/notes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'from the other desk' }),
      });
      expect(noted.status).toBe(201);
      await live.until(() => live.heard.incident.at(-1)?.acts[0]?.kind === 'note');
      const [here, beside] = [live.heard.incident.at(-1)!, there.heard.incident.at(-1)!];
      expect({ ...beside.incident, sequence: 0 }).toEqual({ ...here.incident, sequence: 0 });
      expect(beside.acts).toEqual(here.acts);
    } finally {
      there.close();
      await other.stop();
    }
  });

  it('keeps a correlated one under its name over a restart, with its alarms, notes and what was put in by hand', async () => {
    const [first, second] = ['pair-1', 'pair-2'].map((name) => raise(name, { assetId: 'reg-1' }));
    await stand(first!, second!, raise('third'));
    await post('/incident.pair-1/notes', { text: 'A crew is on its way' });
    await post('/incident.pair-1/alarms', { alarmIds: ['third'] });
    await stand(over(first!));
    const before = await read('incident.pair-1');
    expect(before.incident.counts).toMatchObject({ members: 3, open: 2 });

    await restart();

    const after = await read('incident.pair-1');
    expect({ ...after.incident, sequence: 0 }).toEqual({ ...before.incident, sequence: 0 });
    expect(after.members.map(({ alarmId, rule }) => [alarmId, rule]).sort()).toEqual([
      ['pair-1', 'asset'],
      ['pair-2', 'asset'],
      ['third', 'hand'],
    ]);
    expect(after.acts).toEqual(before.acts);
    const [race] = (await records('q=mine')).map(({ incidentId }) => incidentId);
    expect(race).toBe('incident.race');
    const settled = await read('incident.hand-1');
    expect(settled.incident.state).toBe('closed');
    // An alarm that was taken out stays a line of its own.
    await stand(over(second!), over(raise('third')));
    await live.until(() => live.heard.incident.at(-1)?.incident.state === 'closed');
    expect((await read('incident.pair-1')).incident).toMatchObject({ state: 'closed', conclusion: null });
  });

  it('takes a note on one that was closed long ago, and opens it again', async () => {
    await restart();
    expect((await post('/incident.pair-1/notes', { text: 'The valve was replaced' })).status).toBe(201);
    const reopened = await file(await post('/incident.pair-1/reopen', { reason: 'It smells again' }));
    expect(reopened.incident).toMatchObject({ state: 'open', staysOpen: true, counts: { members: 3, open: 0 } });
    expect(reopened.acts.map(({ kind }) => kind)).toEqual(['note', 'alarms-added', 'note', 'reopened']);
    expect(await refusedBy(await post('/incident.pair-1/reopen', { reason: 'twice' }))).toBe('incident-open');
    await restart();
    const { incident } = await read('incident.pair-1');
    expect(incident).toMatchObject({ state: 'open', staysOpen: true });
    const { actSequence: seenAct } = incident;
    const closed = await post('/incident.pair-1/close', { seenAct, cause: 'leak', text: 'Flange' });
    expect(closed.status).toBe(200);
  });
});
