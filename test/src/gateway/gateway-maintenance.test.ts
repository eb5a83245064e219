import { createMaintenanceWindows } from '@lifeline/alarms';
import {
  listedWindowSchema,
  maintenanceActionSchema,
  problemSchema,
  type ListedWindow,
  type MaintenanceContent,
  type MaintenanceWindow,
  type Problem,
} from '@lifeline/contracts';
import { aDevice, aSensor, aTransition, anAsset } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { RunningGateway, runDesk } from './running-gateway.js';

const HOUR = 3_600_000;

describe('maintenance windows over HTTP', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let operator: string;
  let engineer: string;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      const sensors = ['p', 'q'].map((channel) => aSensor(channel, { assetId: 'R-07' }));
      await ports.records.registry.putAssets([anAsset('R-07'), anAsset('R-08')]);
      await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], ports.clock.nowMs());
      await ports.registry.reload();
    });
    stopDesk = runDesk(gateway.ports);
    [operator, engineer] = [await gateway.login('olga'), await gateway.login('emil')];
  });
  afterAll(async () => {
    await stopDesk();
    await gateway.stop();
  });

  const nowMs = () => gateway.ports.clock.nowMs();
  const scope = { sensorIds: [], deviceIds: [], assetIds: ['R-07'], areas: [] };
  const content = (over: Partial<MaintenanceContent> = {}) => ({
    ...{ fromMs: nowMs() - 1000, toMs: nowMs() + HOUR, kind: 'repair', scope, worker: 'Li', permit: 'P-12' },
    ...over,
  });
  const create = (body: object, token = engineer) => gateway.send('POST', '/maintenance-windows', { token, body });
  const end = ({ windowId, version }: MaintenanceWindow, token = operator) =>
    gateway.send('POST', `/maintenance-windows/${windowId}/end`, { token, body: { expectedVersion: version } });
  const change = ({ windowId, version }: MaintenanceWindow, body: object, token = engineer) =>
    gateway.send('PUT', `/maintenance-windows/${windowId}`, {
      token,
      body: { expectedVersion: version, content: body },
    });

  async function given(answer: Response, status = 200): Promise<ListedWindow> {
    if (answer.status !== status) throw new Error(`${answer.status} ${await answer.text()}`);
    return listedWindowSchema.parse(await answer.json());
  }
  async function refused(answer: Response, status: number): Promise<Problem> {
    expect(answer.status).toBe(status);
    return problemSchema.parse(await answer.json());
  }
  async function list(state = ''): Promise<ListedWindow[]> {
    const answer = await gateway.send('GET', `/maintenance-windows?state=${state}`, { token: operator });
    return ((await answer.json()) as { items: ListedWindow[] }).items;
  }
  /** The windows as the detector would know them from the log. */
  async function told(): Promise<readonly MaintenanceWindow[]> {
    const windows = createMaintenanceWindows({ districtOf: () => null, isGasDanger: () => true });
    for (const { payload } of await gateway.ports.log.read('actions', [0], 1000)) {
      const action = maintenanceActionSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
      if (action.success) windows.fold(action.data.window);
    }
    return windows.all();
  }

  it('are planned by an engineer, told to the detector whole, and listed with what they cover', async () => {
    const window = await given(await create(content({ note: 'valve 3' })), 201);
    expect(window).toMatchObject({ version: 1, createdBy: 'emil', sensors: 2, held: 0, coversGasDanger: false });
    expect(await told()).toContainEqual(
      expect.objectContaining({ windowId: window.windowId, version: 1, note: 'valve 3' }),
    );
    expect((await list('now')).map(({ windowId }) => windowId)).toContain(window.windowId);
    expect(await list('next')).toEqual([]);
    await given(await end(window));
  });

  it('are planned by no operator, who may end one all the same', async () => {
    expect(await refused(await create(content(), operator), 403)).toMatchObject({ code: 'role-needed' });
    const window = await given(await create(content()), 201);
    await refused(await change(window, content(), operator), 403);
    const ended = await given(await end(window));
    expect(ended).toMatchObject({ version: 2, changedBy: 'olga' });
    expect(ended.endedAtMs).toBeLessThanOrEqual(nowMs());
    expect((await told()).find(({ windowId }) => windowId === window.windowId)).toMatchObject({ version: 2 });
    expect(await refused(await end(ended), 409)).toMatchObject({ code: 'window-ended' });
    expect((await list('past')).map(({ windowId }) => windowId)).toContain(window.windowId);
  });

  it.each<[string, string, (now: number) => object]>([
    ['window-empty', 'toMs', (now) => ({ fromMs: now + HOUR, toMs: now + HOUR })],
    ['window-too-long', 'toMs', (now) => ({ fromMs: now, toMs: now + 14 * 24 * HOUR + 1 })],
    ['window-over', 'toMs', (now) => ({ fromMs: now - 2 * HOUR, toMs: now - HOUR })],
    ['window-too-far', 'fromMs', (now) => ({ fromMs: now + 367 * 24 * HOUR, toMs: now + 367.5 * 24 * HOUR })],
    ['window-begun-too-long', 'fromMs', (now) => ({ fromMs: now - 13 * HOUR, toMs: now + HOUR })],
    ['scope-unknown', 'scope', () => ({ scope: { ...scope, assetIds: ['R-07', 'R-99'] } })],
    ['scope-unknown', 'scope', () => ({ scope: { ...scope, sensorIds: ['gas-1/z'] } })],
    ['scope-covers-nothing', 'scope', () => ({ scope: { ...scope, assetIds: ['R-08'] } })],
  ])('are refused with the code %s at %s', async (code, path, over) => {
    const problem = await refused(await create({ ...content(), ...over(nowMs()) }), 400);
    expect(problem).toMatchObject({ code, errors: [{ path }] });
    expect(problem.detail).not.toContain('{');
  });

  it.each([
    ['nothing named', { scope: { sensorIds: [] } }],
    ['no permit', { permit: ' ' }],
    ['an unknown field', { until: 5 }],
  ])('are refused with %s', async (_, over) => {
    await refused(await create({ ...content(), ...over }), 400);
  });

  it('are changed by one of two who saw the same version, and opened again after an early end', async () => {
    const window = await given(await create(content()), 201);
    const longer = content({ fromMs: window.fromMs, toMs: nowMs() + 2 * HOUR });
    const answers = await Promise.all([1, 2].map(() => change(window, longer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect(await refused(lost, 409)).toMatchObject({ code: 'window-changed', params: { who: 'emil' } });
    const changed = await given(answers.find(({ status }) => status === 200)!);
    const ended = await given(await end(changed));
    const reopened = await given(await change(ended, longer));
    expect(reopened).toMatchObject({ version: 4, endedAtMs: null });
    expect(await refused(await end({ ...window, windowId: 'none' }), 404)).toMatchObject({ code: 'window-unknown' });
    await given(await end(reopened));
  });

  it('count what they hold back', async () => {
    const window = await given(await create(content()), 201);
    const raisedAtMs = nowMs();
    const holds = (active: boolean) => ({
      ...{ active, shelvedUntilMs: null, permit: null },
      suppressedBy: `maintenance.${window.windowId}`,
    });
    const of = (channel: string, active: boolean) =>
      aTransition(`gas-1.${channel}.limit.x`, {
        ...{ raisedAtMs, atMs: raisedAtMs, sensorId: `gas-1/${channel}`, state: 'suppressed', holds: holds(active) },
      });
    await gateway.appendTransitions(of('p', true), of('q', false));
    const counted = await eventually(
      async () => (await list('now')).find(({ windowId }) => windowId === window.windowId),
      (found) => found?.held === 2,
    );
    expect(counted).toMatchObject({ held: 2, heldActive: 1 });
  });
});
