import { join } from 'node:path';
import type { Asset, Evidence } from '@lifeline/contracts';
import type { Browser, Page } from 'playwright-core';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { PASSWORD, RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { workspaceRoot } from '../product/lifeline-process.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';

/** The built page over a gateway, with an alarm that says why it was raised. */

const line: Asset['geometry'] = {
  type: 'LineString',
  coordinates: [
    [113.1, 30.7],
    [113.12, 30.71],
  ],
};
const main: Asset = {
  ...{ assetId: 'main-1', utility: 'gas', kind: 'pipe-segment', name: 'Main one', nameZh: '一号干管' },
  ...{ district: 'north', geometry: line, properties: {} },
};

const evidence: Evidence = {
  test: 'mass-balance',
  expected: { value: 300, low: 290, high: 310 },
  residual: -9.2,
  carriers: [
    { sensorId: 'gas-1/p', share: 0.7, value: 182, expected: 300 },
    { sensorId: 'gas-1/q', share: 0.3, value: 41, expected: 55 },
  ],
  confidence: 0.86,
  location: {
    ...{ assetId: 'main-1', alongM: 1240, uncertaintyM: 35, position: [113.11, 30.705] },
    stretch: [
      [113.109, 30.7045],
      [113.111, 30.7055],
    ],
  },
  figures: [{ name: { en: 'Loss', zh: '漏失量' }, value: 14, unit: 'm3/h' }],
};

describe('an alarm that was learned', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([
      RunningGateway.start({ pageFolder: join(workspaceRoot, 'apps/control-room/dist') }, async (ports) => {
        const sensors = [aSensor('p', { assetId: 'main-1' }), aSensor('q', { unit: 'm3/h', assetId: 'main-1' })];
        await ports.records.registry.putAssets([main]);
        await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], ports.clock.nowMs());
        await ports.registry.reload();
      }),
      startBrowser(),
    ]);
    stopDesk = runDesk(gateway.ports);
    const raisedAtMs = gateway.ports.clock.nowMs() - 60_000;
    const times = { raisedAtMs, atMs: raisedAtMs, value: 182 };
    const limit = { kind: 'finding', value: null } as const;
    await gateway.appendTransitions(
      aTransition('gas-1.p.physics.1', { ...times, rule: 'physics', sensorId: 'gas-1/p', limit, evidence }),
    );
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  it('says its test, what was expected, where it is, who carries it and how sure it is', async () => {
    await page.locator('[data-testid="alarm-line"][data-alarm-id="gas-1.p.physics.1"]').click();
    const why = page.getByTestId('why');
    await why.waitFor();
    // The asset's name comes with the assets, which the page reads after its alarms.
    await why.getByText('Main one').first().waitFor();
    const text = (await why.innerText()).replaceAll('\u2009', ' ');
    for (const part of ['Mass balance', '86 %', '290', '9.2', '1,240 m ± 35 m', 'Main one', 'Loss', '14'])
      expect(text).toContain(part);
    await page.getByTestId('chart').waitFor();
  });

  it('opens a sensor that carries it, and shows the place on the map', async () => {
    await page.getByTestId('why-place').click();
    await page.locator('[data-testid="why-carrier"][data-sensor-id="gas-1/q"]').click();
    await page.getByTestId('drawer').getByText('gas-1/q').first().waitFor();
    expect(page.url()).toContain(encodeURIComponent('gas-1/q'));
    await page.goBack();
    await page.getByTestId('why').waitFor();
  });

  it('is closed as the new normal, with a note, by the keyboard alone', async () => {
    await page.getByTestId('verdict-new-normal').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('verdict-note').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('verdict-note').waitFor({ state: 'detached' });
    expect(await page.getByTestId('why').count()).toBe(1);

    await page.getByTestId('verdict-new-normal').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('verdict-note').fill('the pump was changed');
    await page.getByTestId('verdict-confirm').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('transitions').getByText('Told to be the new normal').waitFor();
    await page.getByTestId('transitions').getByText('the pump was changed').waitFor();
    expect(await page.getByTestId('why').count()).toBe(0);
    expect(complaints.filter((line) => !line.includes('401') && !line.includes('/map/'))).toEqual([]);
  });
});
