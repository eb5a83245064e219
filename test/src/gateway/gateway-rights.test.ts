import { ROLES, routes, type Role, type Route, type RouteName } from '@lifeline/contracts';
import { PASSWORD, ROLES_HELD, RunningGateway } from './running-gateway.js';

const names = Object.keys(routes) as RouteName[];

describe('the rights of the calls', () => {
  let gateway: RunningGateway;
  const tokens = new Map<Role, string>();

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    for (const [username, role] of Object.entries(ROLES_HELD)) tokens.set(role, await gateway.login(username));
  });
  afterAll(() => gateway.stop());

  const call = (name: RouteName, token: string | undefined) => {
    const route: Route = routes[name];
    const path = route.path.replace(/\{\w+\}/g, 'nobody-1');
    // A body that no schema takes: the guard comes before the checks, so a right shows as 400 and changes nothing.
    const body = route.body ? { wrong: true } : undefined;
    return gateway.send(route.method, path, { token, body });
  };

  it.each(names.filter((name) => (routes[name] as Route).right !== 'anyone'))(
    '%s answers 401 without a login and with a token that nobody was given',
    async (name) => {
      expect((await call(name, undefined)).status).toBe(401);
      expect((await call(name, 'x'.repeat(43))).status).toBe(401);
    },
  );

  // Logging out ends the session it is called with, so it has a case of its own.
  it.each(names.filter((name) => name !== 'deleteSession'))(
    '%s is served to the roles of the table alone',
    async (name) => {
      const route: Route = routes[name];
      for (const role of ROLES) {
        const answer = await call(name, tokens.get(role));
        const may = route.right === 'anyone' || ROLES.indexOf(role) >= ROLES.indexOf(route.right);
        if (may) {
          expect([route.status, 400, 404]).toContain(answer.status);
          if (answer.status === 404)
            expect((await answer.json()) as object).toHaveProperty('detail', expect.stringMatching(/^No /));
        } else {
          expect(answer.status).toBe(403);
        }
      }
    },
  );

  it('deleteSession ends the session it is called with, and no other', async () => {
    const [mine, other] = [await gateway.login('olga'), await gateway.login('olga')];
    expect((await gateway.send('DELETE', '/session', { token: mine })).status).toBe(204);
    expect((await gateway.send('GET', '/session', { token: mine })).status).toBe(401);
    expect((await gateway.send('GET', '/session', { token: other })).status).toBe(200);
  });

  it('takes the cookie that it sets, which scripts and other sites cannot use', async () => {
    const login = await gateway.send('POST', '/session', { body: { username: 'olga', password: PASSWORD } });
    const set = login.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^lifeline_session=[^;]{40,}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = set.split(';')[0]!;
    const who = await gateway.send('GET', '/session', { headers: { cookie } });
    expect(await who.json()).toEqual({ user: { username: 'olga', role: 'operator' } });
    const headers = { cookie, 'sec-fetch-site': 'cross-site' };
    expect((await gateway.send('POST', '/alarms/a/acknowledge', { headers, body: {} })).status).toBe(403);
    const origin = { cookie, origin: 'https://elsewhere.example' };
    expect((await gateway.send('POST', '/alarms/a/acknowledge', { headers: origin, body: {} })).status).toBe(403);
    const own = { cookie, origin: gateway.url };
    expect((await gateway.send('POST', '/alarms/a/acknowledge', { headers: own, body: {} })).status).toBe(404);
  });

  it('refuses a wrong password with 401, and the eleventh attempt of a name with 429 and the time to wait', async () => {
    const body = { username: 'mallory', password: 'guess' };
    for (let i = 0; i < 10; i++) expect((await gateway.send('POST', '/session', { body })).status).toBe(401);
    const answer = await gateway.send('POST', '/session', { body });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await gateway.send('POST', '/session', { body: { username: 'olga', password: PASSWORD } })).status).toBe(
      201,
    );
  });
});
