import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../machine/start-error.js';
import { FrontDoor } from './front-door.js';

const wanted = { host: '127.0.0.1', setting: 'LIFELINE_HTTP_PORT', what: 'page', basemapUrl: undefined };
const html = { accept: 'text/html' };

let folder: string;
let door: FrontDoor;
let address: string;
let application: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeline-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Lifeline</title>');
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  door = await FrontDoor.open({ ...wanted, port, pageFolder: folder });
  application = createServer((request, response) => response.end(`answered ${request.method} ${request.url}`));
});
afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

describe('the front door', () => {
  it('serves the page at any of its addresses, with its security headers, before there is an application', async () => {
    for (const path of ['/', '/alarms?state=open']) {
      const answer = await fetch(address + path, { headers: html });
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<title>Lifeline</title>')]);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
  });

  it('says that it lives and is not ready yet', async () => {
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    const ready = await fetch(`${address}/health/ready`);
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await ready.json()).toMatchObject({ status: 503, title: 'Lifeline is starting' });
  });

  it('lets a call wait for the application, and hands it everything from then on', async () => {
    const early = fetch(`${address}/api/v1/session`, { method: 'POST', body: '{}' });
    // The page answers after the call was taken in: both come by the same port, in turn.
    await fetch(address, { headers: html });
    door.handOver(application);
    expect(await (await early).text()).toBe('answered POST /api/v1/session');
    expect(await (await fetch(`${address}/health/ready`)).text()).toBe('answered GET /health/ready');
  });

  it('names the setting where the port is taken', async () => {
    const port = Number(new URL(address).port);
    await expect(FrontDoor.open({ ...wanted, port, pageFolder: folder })).rejects.toMatchObject({
      exitCode: EXIT.portTaken,
      message: expect.stringContaining('LIFELINE_HTTP_PORT') as string,
    });
  });

  it('takes no new connection once it stopped listening, and can still be closed', async () => {
    door.handOver(application);
    door.stopListening();
    await expect(fetch(`${address}/api/v1/sensors`)).rejects.toThrow();
    await door.close();
  });

  it('ends the connections of those who wait when it closes', async () => {
    const early = fetch(`${address}/api/v1/sensors`);
    await fetch(address, { headers: html });
    await door.close();
    await expect(early).rejects.toThrow();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
