import {
  alarmPerformanceSchema,
  alarmSchema,
  problemSchema,
  type Alarm,
  type AlarmTransition,
} from '@lifeline/contracts';
import { aTransition } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { RunningGateway, runDesk } from './running-gateway.js';

describe('alarms that are not announced', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let operator: string;
  let engineer: string;

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    stopDesk = runDesk(gateway.ports);
    [operator, engineer] = [await gateway.login('olga'), await gateway.login('emil')];
  });
  afterAll(async () => {
    await stopDesk();
    await gateway.stop();
  });

  async function raise(name: string, over: Partial<AlarmTransition> = {}): Promise<string> {
    const raisedAtMs = gateway.ports.clock.nowMs() - 1000;
    const alarmId = `${name}.p.limit.1`;
    await gateway.appendTransitions(
      aTransition(alarmId, { raisedAtMs, atMs: raisedAtMs, sensorId: `${name}/p`, ...over }),
    );
    await eventually(
      () => gateway.send('GET', `/alarms/${alarmId}`, { token: operator }),
      (answer) => answer.status === 200,
    );
    return alarmId;
  }

  const post = (alarmId: string, what: string, body: object = {}, token = operator) =>
    gateway.send('POST', `/alarms/${alarmId}/${what}`, { token, body });

  async function moved(answer: Response): Promise<Alarm> {
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    return alarmSchema.parse(await answer.json());
  }

  async function refused(answer: Response, status: number): Promise<string> {
    expect(answer.status).toBe(status);
    return problemSchema.parse(await answer.json()).detail ?? '';
  }

  it('shelves an alarm with its reason until a time, and ends that before it', async () => {
    const alarmId = await raise('shelf-1');
    const beforeMs = gateway.ports.clock.nowMs();
    const shelved = await moved(await post(alarmId, 'shelve', { minutes: 30, reason: 'pump on test' }));
    expect(shelved).toMatchObject({ state: 'shelved', actor: 'olga', note: 'pump on test' });
    expect(shelved.holds!.shelvedUntilMs).toBeGreaterThanOrEqual(beforeMs + 30 * 60_000);
    const listed = await gateway.send('GET', '/alarms?state=shelved', { token: operator });
    expect(((await listed.json()) as { items: Alarm[] }).items.map((alarm) => alarm.alarmId)).toEqual([alarmId]);
    expect(await moved(await post(alarmId, 'unshelve'))).toMatchObject({ state: 'unacknowledged', holds: null });
    expect(await refused(await post(alarmId, 'unshelve'), 409)).toContain('not shelved');
  });

  it('asks for a reason and for no more than eight hours, and never shelves level 1 of gas', async () => {
    const alarmId = await raise('shelf-2');
    await refused(await post(alarmId, 'shelve', { minutes: 30, reason: '  ' }), 400);
    await refused(await post(alarmId, 'shelve', { minutes: 481, reason: 'too long' }), 400);
    const red = await raise('shelf-3', { priority: 'red', utility: 'gas' });
    expect(await refused(await post(red, 'shelve', { minutes: 5, reason: 'noise' }), 409)).toContain('never shelved');
    await refused(await post('none', 'shelve', { minutes: 5, reason: 'noise' }), 404);
  });

  it('takes an alarm out of service for an engineer alone, under a permit, and back', async () => {
    const alarmId = await raise('permit-1');
    await refused(await post(alarmId, 'remove-from-service', { permit: 'P-12' }), 403);
    const out = await moved(await post(alarmId, 'remove-from-service', { permit: 'P-12' }, engineer));
    expect(out).toMatchObject({ state: 'out-of-service', holds: { permit: 'P-12', active: true } });
    expect(await refused(await post(alarmId, 'shelve', { minutes: 5, reason: 'x' }), 409)).toContain('not announced');
    const back = await moved(await post(alarmId, 'return-to-service', { note: 'calibrated' }, engineer));
    expect(back.transitions.map((step) => step.event)).toEqual(['raise', 'remove-from-service', 'return-to-service']);
    expect(back.state).toBe('unacknowledged');
  });

  it('are counted beside what was announced, in the performance of the alarm system', async () => {
    const nowMs = gateway.ports.clock.nowMs();
    const measure = (query: string) => gateway.send('GET', `/alarm-performance?${query}`, { token: operator });
    const answer = await measure(`from=${nowMs - 3_600_000}&to=${nowMs + 1000}&operators=2`);
    const performance = alarmPerformanceSchema.parse(await answer.json());
    expect(performance.shelved).toBeGreaterThanOrEqual(1);
    expect(performance.announced).toBeGreaterThanOrEqual(3);
    expect(performance.averagePerTenMinutes).toBeCloseTo(performance.announced / (3_601_000 / 600_000) / 2);
    await refused(await measure(`from=${nowMs}&to=${nowMs}`), 400);
    await refused(await measure(`from=0&to=${nowMs}`), 400);
  });

  it('resets a latched alarm that was acknowledged, and no other', async () => {
    const alarmId = await raise('latch-1', { event: 'clear', state: 'latched-unacknowledged' });
    expect(await refused(await post(alarmId, 'reset'), 409)).toContain('acknowledged');
    expect((await moved(await post(alarmId, 'acknowledge'))).state).toBe('latched-acknowledged');
    expect((await moved(await post(alarmId, 'reset'))).state).toBe('normal');
  });

  it('refuses to acknowledge, or call false, what is held back, and takes the new normal of it', async () => {
    const alarmId = await raise('judge-held-1', { rule: 'group', limit: { kind: 'finding', value: null } });
    await moved(await post(alarmId, 'shelve', { minutes: 30, reason: 'known' }));
    expect(await refused(await post(alarmId, 'acknowledge'), 409)).toContain('shelved');
    expect(await refused(await post(alarmId, 'feedback', { verdict: 'false-alarm' }), 409)).toContain('shelved');
    const usual = await moved(await post(alarmId, 'feedback', { verdict: 'new-normal' }));
    expect(usual).toMatchObject({ state: 'shelved', holds: { active: false } });
  });
});
