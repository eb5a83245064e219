import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { AlarmTransition } from '@lifeline/contracts';
import { startProvince } from '../bench/map/province-gateway.js';
import { aTransition } from '../contract/records-builders.js';
import { PASSWORD, type RunningGateway } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { workspaceRoot } from '../product/lifeline-process.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture } from './page-over-gateway.js';

/** The map of the built page with all 163,000 sensors of a province. */

const SENSORS = 163_000;

describe('the map of a province', () => {
  let gateway: RunningGateway;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const pageFolder = join(workspaceRoot, 'apps/control-room/dist');
    [{ gateway }, browser] = await Promise.all([startProvince(SENSORS, { pageFolder }), startBrowser()]);
    page = await browser.newPage({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
    complaints.length = 0;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  it('shows every sensor, and comes to rest', async () => {
    await mapHas('sensors', SENSORS);
    await page.locator('[data-testid="map"][data-loaded="true"]').waitFor({ timeout: 120_000 });
    await picture(page, 'map-province');
  });

  it('shows the worst that is in a cluster, and what is abnormal above it', async () => {
    await gateway.appendTransitions(...alarms());
    await mapHas('abnormal', ALARMS.length);
    await picture(page, 'map-province-abnormal');
  });

  it('lists what is in view, the abnormal first, no more than can be walked, and counts the rest', async () => {
    await page.getByTestId('map').locator('canvas').press('l');
    const rows = page.getByTestId('in-view');
    const told = await eventually(
      () => rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-severity')))),
      (severities) => severities.length === 200 && severities[0] === 4,
    );
    expect(told).toEqual([...told].sort((a, b) => b - a));
    const numberIn = async (part: string, around: RegExp): Promise<number> =>
      Number(around.exec((await page.getByTestId(part).innerText()).replaceAll(',', ''))![1]);
    expect(await numberIn('view-counts', /^(\d+) with alarms/)).toBe(told.filter((severity) => severity > 0).length);
    const places = await numberIn('view-counts', /places: (\d+)/);
    expect(await numberIn('view-more', /and (\d+) more/)).toBe(places - 200);
    await page.keyboard.press('ArrowDown');
    await picture(page, 'map-province-in-view');
    await page.keyboard.press('Escape');
    await page.getByTestId('view-list').waitFor({ state: 'detached' });
  });

  it('shows the four-colour risk areas with how they come about, and says so in the address', async () => {
    const areas = page.waitForResponse((response) => response.url().endsWith('/map/risk.geojson'));
    await page.getByTestId('show-risk').click();
    expect((await areas).status()).toBe(200);
    await page.getByTestId('risk-legend').waitFor();
    await page.waitForURL(/risk=shown/);
    await picture(page, 'map-province-risk');
    await page.getByTestId('show-risk').click();
    await page.getByTestId('risk-legend').waitFor({ state: 'detached' });
  });

  it('hides a lifeline, and a link shows the same', async () => {
    const bridges = page.getByRole('group', { name: 'Lifelines shown' }).getByRole('button', { name: 'Bridges' });
    await bridges.click();
    await page.waitForURL(/hide=bridge/);
    expect(await bridges.getAttribute('aria-pressed')).toBe('false');
    await bridges.click();
    await page.waitForURL((url) => !url.search.includes('hide='));
  });

  it('goes where the small map is clicked', async () => {
    const latOf = () => Number(new URL(page.url()).searchParams.get('lat'));
    const small = page.getByTestId('minimap');
    await small.click({ position: { x: 88, y: 20 } });
    await eventually(
      () => Promise.resolve(latOf()),
      (lat) => lat > 32.8,
      60_000,
    );
    await picture(page, 'map-province-north');
  });

  it('has nothing to complain of', () => expect(complaints).toEqual([]));

  /** Waits until the map says that it draws so many. */
  async function mapHas(what: 'sensors' | 'abnormal', count: number): Promise<void> {
    await eventually(
      async () => Number(await page.getByTestId('map').getAttribute(`data-${what}`)),
      (shown) => shown === count,
      60_000,
    );
  }

  /** Alarms of devices far from each other, by the part of their id that tells where. */
  function alarms(): AlarmTransition[] {
    const sensors = [...gateway.ports.registry.sensors()];
    const nowMs = gateway.ports.clock.nowMs();
    return ALARMS.map(([town, priority], i) => {
      const { sensorId, lon, lat, assetId, utility, name } = sensors.find((one) =>
        one.sensorId.startsWith(`${town}-`),
      )!;
      return aTransition(`${sensorId.replace('/', '.')}.limit.${i}`, {
        ...{ sensorId, assetId, utility, priority, sensorName: name, position: { lon, lat } },
        ...{ raisedAtMs: nowMs - i * 60_000, atMs: nowMs - i * 60_000 },
      });
    });
  }
});

const ALARMS = [
  ['hefei-gas', 'red'],
  ['hefei-drainage', 'yellow'],
  ['hefei-power', 'blue'],
  ['wuhu-bridge', 'orange'],
  ['huangshan-gas', 'yellow'],
  ['bozhou-drainage', 'blue'],
] as const;
