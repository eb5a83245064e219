import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { telemetryTopic } from '@lifeline/contracts';
import { requireProgram } from '../servers/process.js';
import { Api, connectDevice, eventually } from '../product/api.js';
import { commandLine, startLifeline, workspaceRoot, type LifelineProcess } from '../product/lifeline-process.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture } from './page-over-gateway.js';

/** The main job of an operator and of an engineer, in real Chromium against the running product. */

const execute = promisify(execFile);

describe('the control room', () => {
  let lifeline: LifelineProcess;
  let browser: Browser;
  let page: Page;
  let api: Api;
  let complaints: string[];

  beforeAll(async () => {
    [lifeline, browser] = await Promise.all([
      startLifeline({ environment: { LIFELINE_SIMULATE: '1' } }),
      startBrowser(),
    ]);
    api = await Api.login(lifeline);
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
    complaints = watchComplaints(page);
  });
  afterAll(async () => {
    await browser?.close();
    await lifeline?.stop();
  });

  it('lets a person log in, after a clear word about a wrong password', async () => {
    await page.goto(lifeline.url);
    await page.getByTestId('username').fill('admin');
    await page.getByTestId('password').fill('not the password');
    await page.getByTestId('submit').click();
    await page.getByTestId('login-error').waitFor();
    await logIn(page, lifeline.url);
    complaints.length = 0; // the browser itself notes the calls that were refused before the login
  });

  it('shows the city on the map with its sensors', async () => {
    await mapCounts(page, 'sensors', 500);
    // Software WebGL on two busy cores takes its time.
    await page.locator('[data-testid="map"][data-loaded="true"]').waitFor({ timeout: 90_000 });
  });

  it('finds a place on the map by its name, a crossing or its coordinates, and takes the mark away again', async () => {
    const search = page.getByTestId('sensor-search');
    await search.fill('Langya Road');
    await page.getByTestId('search-place').first().click();
    await page.getByTestId('place-pin').filter({ hasText: 'Langya Road' }).waitFor();
    await page.waitForURL(/[?&]z=1[3-7]/);
    await picture(page, 'place-found');
    await search.fill('118.3163, 32.2972');
    await page.getByTestId('search-place').filter({ hasText: 'Coordinates' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('place-pin').filter({ hasText: '118.3163°, 32.2972°' }).waitFor();
    await page.waitForURL(/lng=118\.316/);
    await page.getByTestId('unpin').click();
    await page.getByTestId('place-pin').waitFor({ state: 'detached' });
    await search.fill('no such street anywhere');
    await page.getByText('Nothing is called that.').waitFor();
    await search.fill('');
  });

  it('registers a device whose credential works with the real mosquitto_pub, and shows its first reading', async () => {
    await page.getByTestId('nav-sensors').click();
    await page.getByTestId('add-device').click();
    await page.getByTestId('device-id').fill('browser-1');
    await page.getByTestId('device-name').fill('Regulator of the browser test');
    await page.getByTestId('device-utility').selectOption('gas');
    await page.getByTestId('sensor-type').first().selectOption('P_LOW');
    await page.getByTestId('sensor-channel').first().fill('outlet');
    await page.getByTestId('sensor-name').first().fill('Browser test outlet');
    await page.getByTestId('sensor-lon').first().fill('118.32');
    await page.getByTestId('sensor-lat').first().fill('32.29');
    await page.getByTestId('save-device').click();
    await page.getByTestId('issue-credential').click();
    const line = await page.getByTestId('mosquitto-line').innerText();
    expect(line).toContain('mosquitto_pub');
    await page.locator('[data-testid="first-reading"][data-state="waiting"]').first().waitFor();

    requireProgram('mosquitto-clients', 'mosquitto_pub');
    await execute('sh', ['-c', line]);
    await page.locator('[data-testid="first-reading"][data-state="arrived"]').first().waitFor();
    const value = Number(/-m '(.*)'/.exec(line)?.[1]?.match(/:\s*([0-9.]+)/)?.[1]);
    await expect(page.getByTestId('first-reading').first().innerText()).resolves.toContain(String(value));
  });

  it('brings a fault to the list and the map, opens its chart, acknowledges, and sees it clear', async () => {
    await page.getByTestId('nav-overview').click();
    const device = await connectDevice(api, lifeline, 'browser-1');
    const publish = (outlet: number, ts: number) =>
      device.publishAsync(telemetryTopic('gas', 'browser-1'), JSON.stringify({ ts, values: { outlet } }), { qos: 1 });
    // Measured times ahead of the clock (as far as a device's clock may be off) span the on-delay of 15 s without a wait.
    const startMs = Date.now();
    await publish(2.4, startMs);
    for (let s = 10; s <= 60; s += 10) await publish(0.9, startMs + s * 1000);

    const line = page.locator('[data-testid="alarm-line"][data-alarm-id^="browser-1.outlet.limit"]');
    await line.waitFor();
    expect(await line.getAttribute('data-state')).toBe('unacknowledged');
    await mapCounts(page, 'abnormal', 0);

    await line.click();
    await page.getByTestId('drawer').waitFor();
    await page.getByTestId('chart').locator('canvas').first().waitFor();
    await expect(page.getByTestId('alarm-reason').first().innerText()).resolves.toMatch(/0[.,]9/);

    await page.keyboard.press('a');
    await page
      .locator('[data-testid="alarm-line"][data-alarm-id^="browser-1.outlet.limit"][data-state="acknowledged"]')
      .waitFor();

    await publish(2.4, startMs + 70_000);
    await publish(2.4, startMs + 110_000);
    await page
      .locator('[data-testid="alarm-line"][data-alarm-id^="browser-1.outlet.limit"][data-state="normal"]')
      .waitFor();
    // The list stands still under the pointer; once it leaves, what is over goes.
    await page.mouse.move(960, 500);
    await line.waitFor({ state: 'detached' });
    await device.endAsync(true);
  });

  it('raises an alarm from the replay of a real recording', async () => {
    const { stdout } = await execute(process.execPath, [commandLine, 'replay', '--speed', '60', '--json'], {
      cwd: workspaceRoot,
      env: { ...process.env, ...lifeline.environment },
      timeout: 100_000,
    });
    const { sensorIds } = JSON.parse(stdout.trim().split('\n').pop()!) as { sensorIds: string[] };
    // Alarms of the recording's one asset are one incident, which is named by its first.
    const alarmOf = (sensorId: string) => {
      const alarm = `${sensorId.replace('/', '.')}.`;
      return `[data-testid="alarm-line"][data-alarm-id^="${alarm}"], [data-incident-id^="incident.${alarm}"]`;
    };
    await page.locator(sensorIds.map(alarmOf).join(',')).first().waitFor();
  });

  it('speaks Chinese by one click, and has nothing to complain of', async () => {
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language').getByText('中文').click();
    await page.getByText('报警', { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Waits until the map says that it draws more than so many. */
async function mapCounts(page: Page, what: 'sensors' | 'abnormal', above: number): Promise<void> {
  const map = page.getByTestId('map');
  await eventually(
    async () => Number(await map.getAttribute(`data-${what}`)),
    (count) => count > above,
    60_000,
  );
}
