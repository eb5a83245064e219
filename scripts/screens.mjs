import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildWhenNeeded, installWhenNeeded, root } from './prepare.mjs';

// `npm run screens`: pictures of the running page for the README and docs/screens, in both themes and languages.
await installWhenNeeded();
await buildWhenNeeded();

const folder = process.argv[2] ?? join(root, 'docs', 'screens');
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'lifeline-screens-'));
const [httpPort, mqttPort] = [await freePort(), await freePort()];
const password = 'password-of-the-screens';
const lifeline = spawn(process.execPath, [join(root, 'apps', 'lifeline', 'bin', 'lifeline.cjs'), 'start'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    LIFELINE_HTTP_PORT: String(httpPort),
    LIFELINE_MQTT_PORT: String(mqttPort),
    LIFELINE_DATA_DIR: data,
    LIFELINE_ADMIN_PASSWORD: password,
    LIFELINE_SIMULATE: '1',
  },
});
await new Promise((resolve) => lifeline.stdout.on('data', (chunk) => String(chunk).includes('is ready') && resolve()));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});
try {
  const views = [
    { name: 'overview', path: '/', ready: '[data-testid="map"][data-loaded="true"]' },
    { name: 'past', path: () => `/?at=${Date.now() - 30_000}`, ready: '[data-testid="past-band"]' },
    { name: 'risk', path: '/?risk=shown', ready: '[data-testid="risk-legend"]' },
    { name: 'alarms', path: '/alarms', ready: '[data-testid="alarm-row"]' },
    { name: 'incidents', path: '/incidents', ready: '[data-testid="incident-row"]' },
    { name: 'duty', path: '/duty', ready: '[data-testid="duty-row"]' },
    { name: 'performance', path: '/performance', ready: '[data-testid="performance-page"]' },
    { name: 'definitions', path: '/definitions?def=CH4_MH.limit.high', ready: '[data-testid="versions"]' },
    { name: 'history', path: '/history', ready: '[data-testid="history-page"]' },
    { name: 'duty', path: '/duty', ready: '[data-testid="duty-row"]' },
    { name: 'maintenance', path: '/maintenance', ready: '[data-testid="maintenance-page"]' },
    { name: 'sensors', path: '/sensors', ready: '[data-testid="add-device"]' },
  ];
  const looks = [
    { theme: 'night', language: 'en', width: 1920, height: 1080 },
    { theme: 'day', language: 'zh', width: 1920, height: 1080 },
    { theme: 'night', language: 'zh', width: 1366, height: 768 },
    { theme: 'day', language: 'en', width: 1366, height: 768 },
  ];
  for (const look of looks) {
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    const url = `http://127.0.0.1:${httpPort}`;
    await page.addInitScript(({ theme, language }) => {
      localStorage.setItem('mantine-color-scheme-value', theme === 'day' ? 'light' : 'dark');
      localStorage.setItem('lifeline.language', language);
    }, look);
    await page.goto(url);
    await page.getByTestId('username').fill('admin');
    await page.getByTestId('password').fill(password);
    await page.getByTestId('submit').click();
    await page.locator('[data-testid="alarm-line"]').first().waitFor({ timeout: 90_000 });
    if (look === looks[0]) await page.evaluate(openIncident);
    for (const view of views) {
      await page.goto(`${url}${typeof view.path === 'function' ? view.path() : view.path}`);
      await page.locator(view.ready).first().waitFor();
      if (view.name === 'overview') await page.locator('[data-testid="alarm-line"]').first().click();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(2500); // the map's labels fade in; a picture waits for no event of theirs
      const file = `${view.name}-${look.theme}-${look.language}-${look.width}.png`;
      await page.screenshot({ path: join(folder, file) });
      console.log(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
  lifeline.kill('SIGINT');
  await new Promise((resolve) => lifeline.once('exit', resolve));
  rmSync(data, { recursive: true, force: true });
}

/** Runs in the page: opens an incident of a gas alarm by hand, as an operator does by the key `i`, and writes a note to it. */
async function openIncident() {
  const call = (path, body) =>
    fetch(`/api/v1${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).then((answer) => answer.json());
  let alarmId;
  while (alarmId === undefined) {
    const { items } = await call('/alarms?state=open');
    alarmId = items.find(({ sensorName }) => /pressure/i.test(sensorName))?.alarmId;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { incident } = await call('/incidents', { headline: 'Low pressure behind a regulator', alarmIds: [alarmId] });
  await call(`/incidents/${incident.incidentId}/notes`, {
    text: 'Crew is on its way; valves V-12 and V-14 stand ready.',
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
