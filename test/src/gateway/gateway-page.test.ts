import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_ROOT, routes, type Route } from '@lifeline/contracts';
import type { FeatureCollection } from 'geojson';
import { anAsset } from '../contract/records-builders.js';
import { temporaryFolder } from '../servers/process.js';
import { RunningGateway } from './running-gateway.js';

const WATER: FeatureCollection = {
  type: 'FeatureCollection',
  features: Array.from({ length: 100 }, (_, i) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [i, 0] },
    properties: { name: 'River' },
  })),
};

describe('what the gateway serves beside the calls', () => {
  let gateway: RunningGateway;
  let pageFolder: string;
  let basemapFolder: string;
  let token: string;
  const part: { fault?: string | undefined } = {};
  const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  beforeAll(async () => {
    pageFolder = temporaryFolder('page');
    mkdirSync(join(pageFolder, 'assets'));
    writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Lifeline</title>');
    writeFileSync(join(pageFolder, 'assets', 'page-1a2b.js'), 'export {};');
    basemapFolder = temporaryFolder('basemap');
    writeFileSync(join(basemapFolder, 'city.pmtiles'), '0123456789');
    writeFileSync(join(basemapFolder, 'private.txt'), 'private');
    const options = {
      pageFolder,
      basemapFolder,
      layers: { water: () => WATER },
      readyChecks: [{ name: 'inlet', check: () => Promise.resolve(part.fault) }],
    };
    gateway = await RunningGateway.start(options, async (ports) => {
      await ports.records.registry.putAssets([anAsset('R-07')]);
      await ports.registry.reload();
    });
    token = await gateway.login('olga');
  });
  afterAll(async () => {
    await gateway.stop();
    for (const folder of [pageFolder, basemapFolder]) rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

  it('serves the page at its root and at every address of the page, never for a file or a call', async () => {
    for (const path of ['/', '/alarms', '/sensors/g-1/p.q?tab=chart']) {
      const answer = await get(path, html);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await answer.text()).toContain('<title>Lifeline</title>');
    }
    const script = await get('/assets/page-1a2b.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of ['/assets/gone.js', '/api/v1/nothing', '/api/none', '/map/none.geojson', '/metrics/none']) {
      const answer = await get(path, html);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        expect.stringContaining('problem+json'),
      ]);
    }
    expect((await get('/..%2f..%2fetc%2fpasswd')).status).toBeGreaterThanOrEqual(400);
  });

  it('lets the page load itself and MapLibre its worker, and tells nothing about the server', async () => {
    const { headers } = await get('/', html);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('serves base layers to everybody, compressed, and by their tag only once', async () => {
    const answer = await get('/map/water.geojson', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.json()).toEqual(WATER);
    const known = { 'if-none-match': answer.headers.get('etag')!, 'cache-control': 'max-age=0' };
    const again = await get('/map/water.geojson', known);
    expect(again.status).toBe(304);
    expect((await get('/map/constructor.geojson')).status).toBe(404);
  });

  it('serves the map file of the city in ranges, and nothing else of its folder', async () => {
    const range = await get('/map/files/city.pmtiles', { range: 'bytes=2-4' });
    expect([range.status, await range.text()]).toEqual([206, '234']);
    expect((await get('/map/files/private.txt')).status).toBe(404);
    expect((await get('/map/files/..%2fpackage.pmtiles')).status).toBeGreaterThanOrEqual(400);
  });

  it('serves networks with their assets to those who are logged in', async () => {
    expect((await get('/map/networks/gas.geojson')).status).toBe(401);
    const answer = await get('/map/networks/gas.geojson', { authorization: `Bearer ${token}` });
    const network = (await answer.json()) as FeatureCollection;
    expect(network.features).toHaveLength(1);
    expect(network.features[0]).toMatchObject({
      id: 'R-07',
      properties: { assetId: 'R-07', kind: 'regulator', name: 'Asset R-07', outletKpa: 200 },
    });
    expect((await get('/map/networks/heat.geojson', { authorization: `Bearer ${token}` })).status).toBe(404);
  });

  it('tells the machine that watches it whether every part is ready, and its metrics', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    const { parts } = (await ready.json()) as { parts: { name: string; ready: boolean }[] };
    expect(parts.map(({ name }) => name)).toEqual(['log', 'history', 'records', 'live', 'inlet']);
    part.fault = 'the broker does not answer';
    const unready = await get('/health/ready');
    expect(unready.status).toBe(503);
    expect(JSON.stringify(await unready.json())).toContain(part.fault);
    part.fault = undefined;
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toMatch(/^lifeline_live_clients 0$/m);
  });

  it('serves the documents that programs outside build on', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as { paths: Record<string, object> };
    for (const route of Object.values<Route>(routes)) {
      expect(document.paths[API_ROOT + route.path]).toHaveProperty(route.method.toLowerCase());
    }
    expect(await (await get('/api/asyncapi.json')).json()).toHaveProperty('asyncapi');
    const docs = await get('/api/docs', html);
    expect(docs.status).toBe(200);
    expect(await docs.text()).toContain('swagger-ui');
  });
});
