import { randomUUID } from 'node:crypto';
import {
  callOutSchema,
  dutyPostSchema,
  problemSchema,
  routes,
  type CallOut,
  type DutyContent,
  type DutyPost,
  type Problem,
} from '@lifeline/contracts';
import { aDevice, aSensor, aTransition, anAsset } from '../contract/records-builders.js';
import { aCrew } from '../contract/records-duty.js';
import { eventually } from '../product/api.js';
import { WebhookServer } from '../servers/webhook.js';
import { LiveSocket } from './live-socket.js';
import { RunningGateway } from './running-gateway.js';

describe('the duty roster over HTTP', () => {
  let gateway: RunningGateway;
  let operator: string;
  let engineer: string;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      await ports.records.registry.putAssets([anAsset('R-07')]);
      await ports.registry.reload();
    });
    [operator, engineer] = [await gateway.login('olga'), await gateway.login('emil')];
  });
  afterAll(() => gateway.stop());

  const create = (body: object, token = engineer) => gateway.send('POST', '/duty-posts', { token, body });
  const change = ({ postId, version }: DutyPost, content: DutyContent, token = engineer) =>
    gateway.send('PUT', `/duty-posts/${postId}`, { token, body: { expectedVersion: version, content } });
  const remove = ({ postId, version }: DutyPost, token = engineer) =>
    gateway.send('POST', `/duty-posts/${postId}/remove`, { token, body: { expectedVersion: version } });
  const list = async () => {
    const answer = await gateway.send('GET', '/duty-posts', { token: operator });
    return routes.listDuty.answer.parse(await answer.json());
  };
  const given = async (answer: Response, status = 200): Promise<DutyPost> => {
    if (answer.status !== status) throw new Error(`${answer.status} ${await answer.text()}`);
    return dutyPostSchema.parse(await answer.json());
  };
  const refused = async (answer: Response, status: number): Promise<Problem> => {
    expect(answer.status).toBe(status);
    return problemSchema.parse(await answer.json());
  };

  it('is written by an engineer, read by an operator, and says that crews are rung', async () => {
    expect(await list()).toEqual({ items: [], delivery: 'phone' });
    await refused(await create(aCrew('Crew'), operator), 403);
    const post = await given(await create(aCrew('Crew', { districts: ['north'] })), 201);
    expect(post).toMatchObject({ version: 1, createdBy: 'emil', districts: ['north'] });
    expect((await list()).items).toEqual([post]);
  });

  it.each([
    ['a district that is nowhere', { districts: ['atlantis'] }],
    ['a number that dials nothing', { phone: 'Li' }],
    ['hours without a day', { hours: { kind: 'weekly', spans: [{ days: [], from: '08:00', to: '20:00' }] } }],
    ['an unknown field', { mobile: '110' }],
  ])('refuses %s', async (_, over) => {
    await refused(await create({ ...aCrew('Crew'), ...over }), 400);
  });

  it('names the district that is nowhere by a code', async () => {
    const problem = await refused(await create({ ...aCrew('Crew'), districts: ['north', 'atlantis'] }), 400);
    expect(problem).toMatchObject({ code: 'district-unknown', params: { ids: 'atlantis' } });
    expect(problem.errors).toMatchObject([{ path: 'districts' }]);
  });

  it('lets one of two in who saw the same version; what was taken off may be put back', async () => {
    const post = await given(await create(aCrew('Pair')), 201);
    const answers = await Promise.all([1, 2].map((turn) => change(post, aCrew('Pair', { turn }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect(await refused(lost, 409)).toMatchObject({ code: 'duty-changed', params: { who: 'emil' } });
    const changed = await given(answers.find(({ status }) => status === 200)!);
    await refused(await remove(changed, operator), 403);
    const off = await given(await remove(changed));
    expect((await list()).items.map(({ postId }) => postId)).not.toContain(post.postId);
    expect(await given(await change(off, aCrew('Pair')))).toMatchObject({ version: 4, removedAtMs: null });
    expect(await refused(await remove({ ...post, postId: 'none' }), 404)).toMatchObject({ code: 'duty-unknown' });
  });
});

describe('call-outs over HTTP', () => {
  let webhook: WebhookServer;
  let gateway: RunningGateway;
  let token: string;
  let live: LiveSocket;
  let crew: DutyPost;

  beforeAll(async () => {
    webhook = await WebhookServer.start();
    const prepare = async (ports: RunningGateway['ports']) => {
      const sensors = ['p', 'q'].map((channel) => aSensor(channel, { assetId: 'R-07' }));
      await ports.records.registry.putAssets([anAsset('R-07')]);
      await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], ports.clock.nowMs());
      await ports.registry.reload();
      crew = await ports.records.duty.create(aCrew('Crew'), 'emil', ports.clock.nowMs());
    };
    gateway = await RunningGateway.start({}, prepare, { LIFELINE_CALL_OUT_WEBHOOK: webhook.url });
    token = await gateway.login('olga');
    live = await LiveSocket.connect(gateway.url, { token: await gateway.login('emil') });
    const atMs = gateway.ports.clock.nowMs();
    const raise = (channel: string) =>
      aTransition(`gas-1.${channel}.limit.1`, {
        ...{ sensorId: `gas-1/${channel}`, assetId: 'R-07', raisedAtMs: atMs, atMs },
      });
    const over = aTransition('gas-1.o.limit.1', { sensorId: 'gas-1/o', raisedAtMs: atMs, atMs });
    await gateway.appendTransitions(raise('p'), raise('q'), over, {
      ...over,
      ...{ sequence: 2, event: 'clear', state: 'normal' },
    });
    await live.until(() => live.heard.alarm.length === 4);
  });
  afterAll(async () => {
    live.close();
    await gateway.stop();
    await webhook.stop();
  });

  const asked = (over: object = {}) => ({
    ...{ callOutId: randomUUID(), about: { alarmId: 'gas-1.p.limit.1' }, postId: crew.postId },
    ...{ version: crew.version, message: 'Gas at R-07', ...over },
  });
  const callOut = (body: object) => gateway.send('POST', '/call-outs', { token, body });
  const say = (callOutId: string, seen: number, result: object) =>
    gateway.send('POST', `/call-outs/${callOutId}/results`, { token, body: { seen, result } });
  const given = async (answer: Response, status = 200): Promise<CallOut> => {
    if (answer.status !== status) throw new Error(`${answer.status} ${await answer.text()}`);
    return callOutSchema.parse(await answer.json());
  };
  const refused = async (answer: Response, status: number): Promise<Problem> => {
    expect(answer.status).toBe(status);
    const problem = problemSchema.parse(await answer.json());
    expect(problem.detail).not.toContain('{');
    return problem;
  };
  const listed = async (query: string): Promise<CallOut[]> => {
    const answer = await gateway.send('GET', `/call-outs?${query}`, { token });
    return routes.listCallOuts.answer.parse(await answer.json()).items;
  };
  const delivered = (callOutId: string): Promise<CallOut> =>
    eventually(
      async () => (await gateway.ports.records.callOuts.callOut(callOutId))!,
      ({ steps }) => steps.some(({ kind }) => kind === 'sent' || kind === 'not-sent'),
      60_000,
    );

  it('are kept with the crew as it was, told to every page within a second, and to the city’s gateway', async () => {
    const made = await given(await callOut(asked()), 201);
    const answeredAtMs = Date.now();
    await live.until(() => live.heard.callOut.length > 0);
    expect(Date.now() - answeredAtMs).toBeLessThan(1_000);
    expect(made).toMatchObject({
      ...{ alarmId: 'gas-1.p.limit.1', incidentId: null, by: 'olga', delivery: 'webhook', message: 'Gas at R-07' },
      crew: { postId: crew.postId, version: 1, phone: '000-5550-0101', isOnCall: true },
    });
    const told = await delivered(made.callOutId);
    expect(told.steps).toMatchObject([{ kind: 'sent', attempts: 1 }]);
    await live.until(() => live.heard.callOut.some(({ steps }) => steps.length === 1));
    for (const one of live.heard.callOut) callOutSchema.parse(one);
    expect(webhook.told.at(-1)!.message).toMatchObject({ callOutId: made.callOutId, message: 'Gas at R-07' });
    expect(await listed('alarmId=gas-1.p.limit.1')).toEqual([told]);
    expect(await listed('alarmId=gas-1.q.limit.1')).toEqual([]);
  });

  it('asked for twice with one id call once', async () => {
    const body = asked({ message: 'Once' });
    const [first, second] = [await given(await callOut(body), 201), await given(await callOut(body), 201)];
    expect(second.callOutId).toBe(first.callOutId);
    await delivered(first.callOutId);
    expect(webhook.told.filter(({ message }) => message.message === 'Once')).toHaveLength(1);
    const other = { ...body, message: 'Twice' };
    expect(await refused(await callOut(other), 409)).toMatchObject({ code: 'call-out-id-taken' });
  });

  it('are for an incident by the alarm that began it as well', async () => {
    const atMs = gateway.ports.clock.nowMs();
    const incident = await eventually(
      () => Promise.resolve(live.heard.incident.at(-1)?.incident),
      (found) => found?.state === 'open',
    );
    const { incidentId, firstOut } = incident!;
    const made = await given(await callOut(asked({ about: { incidentId } })), 201);
    expect(made).toMatchObject({ incidentId, alarmId: firstOut.alarmId });
    expect(made.atMs).toBeGreaterThanOrEqual(atMs);
    expect((await listed(`incidentId=${encodeURIComponent(incidentId)}`)).map((one) => one.callOutId)).toEqual([
      made.callOutId,
    ]);
  });

  it.each<[string, number, object]>([
    ['alarm-unknown', 404, { about: { alarmId: 'nothing' } }],
    ['alarm-over', 409, { about: { alarmId: 'gas-1.o.limit.1' } }],
    ['incident-not-open', 404, { about: { incidentId: 'incident.none' } }],
    ['duty-unknown', 404, { postId: 'nobody' }],
    ['duty-changed', 409, { version: 7 }],
  ])('are refused with the code %s', async (code, status, over) => {
    expect(await refused(await callOut(asked(over)), status)).toMatchObject({ code });
  });

  it.each([
    ['no message', { message: ' ' }],
    ['an id that is none', { callOutId: 'again' }],
    ['both an alarm and an incident', { about: { alarmId: 'a', incidentId: 'b' } }],
    ['a message without end', { message: 'x'.repeat(1001) }],
  ])('are refused with %s', async (_, over) => {
    await refused(await callOut(asked(over)), 400);
  });

  it('do not call who was taken off the roster', async () => {
    const { duty } = gateway.ports.records;
    const gone = await duty.create(aCrew('Gone'), 'emil', 1);
    await duty.change({ postId: gone.postId, expectedVersion: 1, removedAtMs: 2, changedBy: 'emil' }, 2);
    const body = asked({ postId: gone.postId, version: 2 });
    expect(await refused(await callOut(body), 409)).toMatchObject({ code: 'duty-removed' });
  });

  it('keep what became of them; of two who speak at once one hears of the other', async () => {
    const { callOutId } = await given(await callOut(asked()), 201);
    const expectedAtMs = gateway.ports.clock.nowMs() + 20 * 60_000;
    const reached = { kind: 'reached', who: ' Li Wei ', expectedAtMs };
    const answers = await Promise.all([say(callOutId, 0, reached), say(callOutId, 0, reached)]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect(await refused(lost, 409)).toMatchObject({ code: 'call-out-moved', params: { who: 'olga' } });
    const kept = await given(answers.find(({ status }) => status === 200)!);
    const result = kept.steps.find(({ kind }) => kind === 'reached')!;
    expect(result).toMatchObject({ who: 'Li Wei', expectedAtMs, by: 'olga' });
    await delivered(callOutId);
    const arrived = await given(await say(callOutId, result.sequence, { kind: 'arrived' }));
    const { sequence } = arrived.steps.at(-1)!;
    expect(await refused(await say(callOutId, sequence, { kind: 'no-answer' }), 409)).toMatchObject({
      code: 'call-out-over',
    });
  });

  it.each<[string, number, object, number]>([
    ['arrival-unlikely', 400, { kind: 'reached', expectedAtMs: 5 }, 0],
    ['arrival-unlikely', 400, { kind: 'reached', expectedAtMs: 9e15 }, 0],
    ['call-out-moved', 409, { kind: 'arrived' }, 4],
  ])('refuse a result with the code %s', async (code, status, result, seen) => {
    const { callOutId } = await given(await callOut(asked()), 201);
    expect(await refused(await say(callOutId, seen, result), status)).toMatchObject({ code });
    expect(await refused(await say('none', 0, { kind: 'arrived' }), 404)).toMatchObject({ code: 'call-out-unknown' });
  });

  it('are sent again where the address does not answer well, and given up where it refuses', async () => {
    webhook.answers.push(503);
    const again = await given(await callOut(asked({ message: 'Again' })), 201);
    expect((await delivered(again.callOutId)).steps).toMatchObject([{ kind: 'sent', attempts: 2 }]);
    webhook.answers.push(401);
    const refusedOne = await given(await callOut(asked({ message: 'Refused' })), 201);
    expect((await delivered(refusedOne.callOutId)).steps).toMatchObject([
      { kind: 'not-sent', attempts: 1, why: 'refused', status: 401 },
    ]);
  });

  it('that were on their way when the gateway ended go out when it starts again', async () => {
    const made = { ...(await gateway.ports.records.callOuts.callOuts({ limit: 1 })).items[0]! };
    const { steps: _, ...left } = { ...made, callOutId: randomUUID(), atMs: gateway.ports.clock.nowMs() };
    const old = { ...left, callOutId: randomUUID(), atMs: left.atMs - 3_600_000 };
    await gateway.ports.records.callOuts.create({ ...left, message: 'Left over' });
    await gateway.ports.records.callOuts.create({ ...old, message: 'Old news' });
    live.close();
    gateway = await gateway.restart();
    expect((await delivered(left.callOutId)).steps).toMatchObject([{ kind: 'sent' }]);
    expect((await delivered(old.callOutId)).steps).toMatchObject([{ kind: 'not-sent', why: 'interrupted' }]);
    const messages = webhook.told.map(({ message }) => message.message);
    expect(messages).toContain('Left over');
    expect(messages).not.toContain('Old news');
  });
});
