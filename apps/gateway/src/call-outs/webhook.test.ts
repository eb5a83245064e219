import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallOutMessage } from '@lifeline/contracts';
import { deliver, type WebhookOptions } from './webhook.js';

const MESSAGE: CallOutMessage = {
  ...{ event: 'call-out', callOutId: 'c-1', at: '2026-11-24T13:40:00.000Z', by: 'olga', message: 'Gas at R-07' },
  crew: { postId: 'p-1', name: { en: 'Crew', zh: '队' }, phone: '000-5550-0101' },
  ...{ alarmId: 'a', incidentId: null },
};

describe('telling the city’s address of a call-out', () => {
  let server: Server;
  let heard: IncomingMessage[];
  let answer: (response: ServerResponse, at: number) => void;
  const ending = new AbortController();

  beforeEach(async () => {
    heard = [];
    server = createServer((request, response) => {
      request.resume();
      answer(response, heard.push(request));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tell = (over: Partial<WebhookOptions> = {}) =>
    deliver(MESSAGE, { url: url(), pausesMs: [1, 1, 1], signal: ending.signal, ...over });

  it('ends with the first good answer', async () => {
    answer = (response, at) => void response.writeHead(at < 3 ? 500 : 202).end('queued');
    expect(await tell()).toEqual({ kind: 'sent', attempts: 3 });
  });

  it('gives up after the last pause, with what was answered last', async () => {
    answer = (response) => void response.writeHead(503).end();
    expect(await tell()).toEqual({ kind: 'not-sent', attempts: 4, why: 'refused', status: 503 });
  });

  it.each([
    [400, 1],
    [401, 1],
    [404, 1],
    [302, 1],
    [408, 4],
    [429, 4],
  ])('of an answer %i makes %i attempts', async (status, attempts) => {
    answer = (response) => void response.writeHead(status, { location: '/elsewhere' }).end();
    expect(await tell()).toEqual({ kind: 'not-sent', attempts, why: 'refused', status });
    expect(heard.every((request) => request.url === '/')).toBe(true);
  });

  it('waits no longer for an answer than it may', async () => {
    answer = () => undefined;
    expect(await tell({ pausesMs: [], answerWithinMs: 20 })).toEqual({
      ...{ kind: 'not-sent', attempts: 1, why: 'no-time', status: null },
    });
  });

  it('says that nobody is there', async () => {
    const nowhere = url();
    server.close();
    await once(server, 'close');
    expect(await deliver(MESSAGE, { url: nowhere, pausesMs: [1, 1, 1], signal: ending.signal })).toEqual({
      ...{ kind: 'not-sent', attempts: 4, why: 'unreachable', status: null },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  it('ends at once where the gateway ends, in the middle of an attempt or of a pause', async () => {
    const asked = new AbortController();
    answer = () => asked.abort();
    expect(await tell({ signal: asked.signal })).toMatchObject({ kind: 'not-sent', why: 'interrupted' });
    const paused = new AbortController();
    answer = (response) => void response.writeHead(500).end(() => setImmediate(() => paused.abort()));
    expect(await tell({ signal: paused.signal, pausesMs: [60_000] })).toMatchObject({ why: 'interrupted' });
  });

  it('sends name and password of the address as the header that they stand for', async () => {
    answer = (response) => void response.writeHead(204).end();
    await tell({ url: url().replace('//', '//ci%40ty:p%3Ass@') });
    expect(heard[0]!.headers.authorization).toBe(`Basic ${Buffer.from('ci@ty:p:ss').toString('base64')}`);
    expect(heard[0]!.headers['idempotency-key']).toBe('c-1');
    expect(heard[0]!.headers['content-type']).toBe('application/json');
  });
});
