import { routes } from '@lifeline/contracts';
import { CallError, addressOf, call, onUnauthorised } from './call.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

function answerWith(status: number, body: unknown): void {
  globalThis.fetch = () =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
}

test('escapes path parameters and joins lists by commas', () => {
  expect(addressOf(routes.getSensor, { params: { deviceId: 'gas-1', channel: 'a b/c' } })).toBe(
    '/api/v1/sensors/gas-1/a%20b%2Fc',
  );
  expect(addressOf(routes.listSensors, { query: { bbox: [1, 2, 3, 4], q: undefined, limit: 10 } })).toBe(
    '/api/v1/sensors?bbox=1%2C2%2C3%2C4&limit=10',
  );
});

test('gives the checked answer', async () => {
  answerWith(200, { user: { username: 'wei', role: 'operator' } });
  await expect(call('getSession', {})).resolves.toEqual({ user: { username: 'wei', role: 'operator' } });
});

test('refuses an answer that breaks the contract', async () => {
  answerWith(200, { user: { username: 'wei', role: 'king' } });
  await expect(call('getSession', {})).rejects.toThrow(/unexpected answer/);
});

test('carries the problem document of a refusal', async () => {
  answerWith(409, { type: 'about:blank', title: 'Conflict', status: 409, detail: 'already acknowledged' });
  const refusal = await call('acknowledgeAlarm', { params: { alarmId: 'x' }, body: {} }).catch((error) => error);
  expect(refusal).toBeInstanceOf(CallError);
  expect(refusal.status).toBe(409);
  expect(refusal.message).toBe('already acknowledged');
});

test('tells who listens when the session is gone, but not for a wrong password', async () => {
  let told = 0;
  const stop = onUnauthorised(() => told++);
  answerWith(401, { type: 'about:blank', title: 'Unauthorised', status: 401 });
  await call('createSession', { body: { username: 'a', password: 'b' } }).catch(() => undefined);
  expect(told).toBe(0);
  await call('getSession', {}).catch(() => undefined);
  expect(told).toBe(1);
  stop();
});

test('says that the server was not reached', async () => {
  globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
  await expect(call('getCity', {})).rejects.toMatchObject({ status: 0 });
});
