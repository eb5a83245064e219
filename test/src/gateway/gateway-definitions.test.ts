import {
  alarmDefinitionSchema,
  alarmProcedureSchema,
  problemSchema,
  type AlarmDefinition,
  type AlarmProcedure,
  type AlarmTransition,
} from '@lifeline/contracts';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { LiveSocket } from './live-socket.js';
import { RunningGateway, runDesk } from './running-gateway.js';

describe('the master alarm database over HTTP', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let operator: string;
  let engineer: string;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async ({ records, registry, clock }) => {
      const sensors = [aSensor('ch4', { type: 'CH4_MH', unit: '%{vol}' })];
      await records.registry.createDevice(aDevice('mh-1', { sensors }), clock.nowMs());
      await registry.refresh(['mh-1']);
    });
    stopDesk = runDesk(gateway.ports);
    [operator, engineer] = [await gateway.login('olga'), await gateway.login('emil')];
  });
  afterAll(async () => {
    await stopDesk();
    await gateway.stop();
  });

  const get = (path: string) => gateway.send('GET', path, { token: operator });
  const post = (path: string, body: object) => gateway.send('POST', path, { token: operator, body });

  async function raise(alarmId: string, over: Partial<AlarmTransition> = {}): Promise<string> {
    const raisedAtMs = gateway.ports.clock.nowMs() - 1000;
    await gateway.appendTransitions(
      aTransition(alarmId, { raisedAtMs, atMs: raisedAtMs, sensorId: 'mh-1/ch4', priority: 'yellow', ...over }),
    );
    await eventually(
      () => get(`/alarms/${alarmId}`),
      (answer) => answer.status === 200,
    );
    return alarmId;
  }

  async function definition(definitionId: string): Promise<AlarmDefinition> {
    const answer = (await (await get(`/alarm-definitions/${definitionId}`)).json()) as { definition: unknown };
    return alarmDefinitionSchema.parse(answer.definition);
  }

  const contentOf = (given: AlarmDefinition) => {
    const {
      definitionId: _id,
      version: _version,
      editedBy: _by,
      editedAtMs: _at,
      note: _note,
      priority: _p,
      ...content
    } = given;
    return content;
  };
  const put = (definitionId: string, body: object, token = engineer) =>
    gateway.send('PUT', `/alarm-definitions/${definitionId}`, { token, body });

  async function procedure(answer: Response): Promise<AlarmProcedure> {
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    return alarmProcedureSchema.parse(await answer.json());
  }

  async function refused(answer: Response, status: number): Promise<string> {
    expect(answer.status).toBe(status);
    return problemSchema.parse(await answer.json()).detail ?? '';
  }

  it('lists what is shipped and finds in it, in both languages', async () => {
    const idsOf = async (query: string) => {
      const { items } = (await (await get(`/alarm-definitions${query}`)).json()) as { items: AlarmDefinition[] };
      return items.map((item) => item.definitionId);
    };
    expect(await idsOf('')).toContain('physics.mass-balance');
    expect(await idsOf('?q=Manhole')).toContain('CH4_MH.limit.high');
    expect(await idsOf(`?q=${encodeURIComponent('窨井')}`)).toContain('CH4_MH.limit.high');
    expect(await idsOf('?q=CH4_ST')).toEqual(['CH4_ST.limit.high', 'CH4_ST.limit.high-high']);
    expect(await refused(await get('/alarm-definitions/limit.low'), 404)).toContain('No definition');
  });

  it('tells what to do of an alarm, and keeps who did which step', async () => {
    const alarmId = await raise('mh-1.ch4.limit.1');
    const before = await procedure(await get(`/alarms/${alarmId}/procedure`));
    expect(before.definition.definitionId).toBe('CH4_MH.limit.high');
    expect(before.steps.length).toBeGreaterThanOrEqual(3);
    expect(before.steps.every(({ done, by }) => !done && by === null)).toBe(true);

    const ticked = await procedure(await post(`/alarms/${alarmId}/steps/2`, { done: true }));
    expect(ticked.steps[1]).toMatchObject({ step: 2, done: true, by: 'olga', atMs: expect.any(Number) });
    expect(ticked.steps[0]).toEqual(before.steps[0]);
    const back = await procedure(await post(`/alarms/${alarmId}/steps/2`, { done: false }));
    expect(back.steps[1]).toMatchObject({ done: false, by: 'olga' });

    await refused(await post(`/alarms/${alarmId}/steps/20`, { done: true }), 404);
    await refused(await post(`/alarms/${alarmId}/steps/0`, { done: true }), 400);
    await refused(await get('/alarms/none/procedure'), 404);
  });

  it('takes an edit of an engineer that says why, and refuses one that began from an older version', async () => {
    const shipped = await definition('O2.limit.low');
    const edit = {
      ...{ expectedVersion: 1, note: 'after the drill' },
      content: { ...contentOf(shipped), consequenceClass: 'people', minutesToRespond: 10, latches: true },
    };
    await refused(await put('O2.limit.low', edit, operator), 403);
    await refused(await put('O2.limit.low', { ...edit, note: ' ' }), 400);
    await refused(await put('O2.limit', edit), 400);
    const answer = await put('O2.limit.low', edit);
    expect(alarmDefinitionSchema.parse(await answer.json())).toMatchObject({
      ...{ version: 2, editedBy: 'emil', note: 'after the drill', priority: 'red', latches: true },
    });
    expect(await refused(await put('O2.limit.low', edit), 409)).toContain('Version 1');
    const whole = (await (await get('/alarm-definitions/O2.limit.low')).json()) as { versions: AlarmDefinition[] };
    expect(whole.versions.map(({ version, editedBy }) => [version, editedBy])).toEqual([
      [2, 'emil'],
      [1, null],
    ]);
    expect(whole.versions[1]).toEqual(shipped);
  });

  it('ends a procedure by the version it was begun with, and begins the next by the newest', async () => {
    const begun = await raise('mh-1.ch4.rate.1', { rule: 'rate', limit: { kind: 'rate', value: 0.1 } });
    await procedure(await post(`/alarms/${begun}/steps/1`, { done: true }));
    const next = await raise('mh-1.ch4.rate.2', { rule: 'rate', limit: { kind: 'rate', value: 0.1 } });
    const shipped = await definition('CH4_MH.rate.rate');
    const content = { ...contentOf(shipped), procedure: [{ en: 'Run', zh: '撤离' }] };

    expect((await put('CH4_MH.rate.rate', { expectedVersion: 1, note: 'shorter', content })).status).toBe(200);

    expect((await procedure(await get(`/alarms/${begun}/procedure`))).definition.version).toBe(1);
    const newer = await procedure(await get(`/alarms/${next}/procedure`));
    expect(newer.steps).toMatchObject([{ text: { en: 'Run', zh: '撤离' }, done: false }]);
  });

  it('tells who listens of each tick at once', async () => {
    const alarmId = await raise('mh-1.ch4.limit.7');
    const live = await LiveSocket.connect(gateway.url, { token: engineer });
    expect((await post(`/alarms/${alarmId}/steps/1`, { done: true })).status).toBe(200);
    await live.until(() => live.heard.steps.length > 0);
    expect(live.heard.steps).toEqual([{ alarmId }]);
    live.close();
  });

  it('decides what may be shelved', async () => {
    const alarmId = await raise('mh-1.ch4.limit.2', { limit: { kind: 'high-high', value: 2.5 } });
    const shelve = () => post(`/alarms/${alarmId}/shelve`, { minutes: 5, reason: 'probe is being cleaned' });
    expect(await refused(await shelve(), 409)).toContain('never shelved');
    const content = { ...contentOf(await definition('CH4_MH.limit.high-high')), mayBeShelved: true };
    expect((await put('CH4_MH.limit.high-high', { expectedVersion: 1, note: 'probe', content })).status).toBe(200);
    expect((await shelve()).status).toBe(200);
  });

  it('lets one of two engineers in who save at once, and takes an older version as the newest again', async () => {
    const known = 'CH4_ST.limit.high';
    const first = await definition(known);
    const edit = (minutesToRespond: number, expectedVersion = 1) => ({
      ...{ expectedVersion, note: `${minutesToRespond} min` },
      content: { ...contentOf(first), minutesToRespond },
    });
    const answers = await Promise.all([put(known, edit(5)), put(known, edit(6))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const saved = await definition(known);
    expect(saved).toMatchObject({ version: 2, note: `${saved.minutesToRespond} min` });

    const back = await put(known, { expectedVersion: 2, note: 'version 1 restored', content: contentOf(first) });
    expect(back.status).toBe(200);
    const newest = await definition(known);
    expect(contentOf(newest)).toEqual(contentOf(first));
    expect(newest).toMatchObject({ version: 3, priority: first.priority, editedBy: 'emil' });
  });
});
