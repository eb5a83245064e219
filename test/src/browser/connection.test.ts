import { join } from 'node:path';
import type { AlarmTransition } from '@lifeline/contracts';
import type { Browser, Page } from 'playwright-core';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { PASSWORD, RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { workspaceRoot } from '../product/lifeline-process.js';
import { startCutLine, type CutLine } from '../servers/cut-line.js';
import { logIn, startBrowser } from './chromium.js';
import { picture } from './page-over-gateway.js';

/** The line to the server is cut for half a minute, by the page's clock, while alarms and values pour in; then it heals. */

const SENSORS = 60;
const OPEN_BEFORE = 20;

describe('a lost connection', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let line: CutLine;
  let browser: Browser;
  let page: Page;
  let before: AlarmTransition[];

  beforeAll(async () => {
    const pageFolder = join(workspaceRoot, 'apps/control-room/dist');
    [gateway, browser] = await Promise.all([
      RunningGateway.start({ pageFolder }, async (ports) => {
        // Far from one another, and of no asset: each alarm is a case of its own.
        const sensors = Array.from({ length: SENSORS }, (_, i) =>
          aSensor(`c${i}`, { lon: 113 + i * 0.02, lat: 30.7, name: `Sensor c${i}` }),
        );
        await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], ports.clock.nowMs());
        await ports.registry.reload();
      }),
      startBrowser(),
    ]);
    stopDesk = runDesk(gateway.ports);
    before = Array.from({ length: OPEN_BEFORE }, (_, i) => raised(i));
    await gateway.appendTransitions(...before);
    const token = await gateway.login('ada');
    await eventually(
      async () => (await (await gateway.send('GET', '/alarms?state=open', { token })).json()) as { items: object[] },
      ({ items }) => items.length === OPEN_BEFORE,
    );
    line = await startCutLine(gateway.url);
    page = await browser.newPage({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    await page.clock.install();
    await reading(0, 3.21);
    await logIn(page, `${line.url}/?sel=gas-1/c0`, 'olga', PASSWORD);
    await openCount(OPEN_BEFORE);
  });
  afterAll(async () => {
    await browser?.close();
    await line?.stop();
    await stopDesk?.();
    await gateway?.stop();
  });

  function raised(i: number, over: Partial<AlarmTransition> = {}): AlarmTransition {
    const raisedAtMs = gateway.ports.clock.nowMs() - 600_000 + i * 1000;
    return aTransition(`gas-1.c${i}.limit.${raisedAtMs.toString(36)}`, {
      ...{ raisedAtMs, atMs: raisedAtMs, sensorId: `gas-1/c${i}`, sensorName: `Sensor c${i}`, assetId: null },
      ...over,
    });
  }
  const next = (of: AlarmTransition, over: Partial<AlarmTransition>): AlarmTransition => ({
    ...of,
    ...{ sequence: of.sequence + 1, atMs: gateway.ports.clock.nowMs(), ...over },
  });
  async function reading(i: number, value: number): Promise<void> {
    const sensor = gateway.ports.registry.channels('gas-1')?.get(`c${i}`);
    await gateway.appendReadings(sensor!.sensorNo, [[gateway.ports.clock.nowMs(), value]]);
  }
  const openCount = (count: number): Promise<void> =>
    page.getByTestId('open-count').getByText(String(count), { exact: false }).waitFor();
  const linkIs = (state: string): Promise<void> =>
    page.locator(`[data-testid="link-state"][data-link="${state}"]`).waitFor();

  /** Every line of the list with its state; the list draws only what is in view. */
  function shownAlarms(): Promise<[string, string][]> {
    return page.evaluate<[string, string][]>(
      `[...document.querySelectorAll('[data-testid="alarm-list"] [data-testid="alarm-line"]')]
        .map(({ dataset }) => [dataset.alarmId, dataset.state]).sort()`,
    );
  }

  it('is said across the page with the age of what is seen, and values are greyed', async () => {
    await page.locator('[data-testid="drawer"] [data-live]').first().getByText('3.21').waitFor();
    line.cut();
    await linkIs('stopped').catch(async () => {
      await page.clock.runFor(3000);
      await linkIs('stopped');
    });
    const strip = page.getByTestId('stale-strip');
    await page.clock.runFor(30_000);
    await strip.waitFor();
    expect(await strip.innerText()).toMatch(
      /Live data stopped (2[89]|3\d) s ago\. What you see is as of \d\d:\d\d:\d\d\./,
    );
    const paints = await page.evaluate<string[]>(
      `[
        getComputedStyle(document.querySelector('[data-testid="drawer"] [data-live]')).backgroundImage,
        getComputedStyle(document.querySelector('[data-testid="drawer"] [data-live]')).color,
        getComputedStyle(document.querySelector('.quiet')).color,
      ]`,
    );
    expect(paints[0]).toContain('repeating-linear-gradient');
    expect(paints[1]).toBe(paints[2]);
    await picture(page, 'connection-lost');
  });

  it('heals by itself, and then the page shows what the server has: all that came, and nothing that is over', async () => {
    const ended = before.slice(0, 8).map((of) => next(of, { event: 'clear', state: 'normal' }));
    const worse = before.slice(8, 12).map((of) => next(of, { event: 'escalate', priority: 'red' }));
    const seen = before
      .slice(12, 15)
      .map((of) => next(of, { event: 'acknowledge', state: 'acknowledged', actor: 'ada' }));
    const came = Array.from({ length: SENSORS - OPEN_BEFORE }, (_, i) => raised(OPEN_BEFORE + i));
    const wentAgain = came.slice(0, 10).map((of) => next(of, { event: 'clear', state: 'normal' }));
    await gateway.appendTransitions(...ended, ...worse, ...seen, ...came, ...wentAgain);
    for (let i = 0; i < SENSORS; i++) await reading(i, 4.5 + i / 100);
    const token = await gateway.login('ada');
    const left = SENSORS - ended.length - wentAgain.length;
    const record = await eventually(
      async () =>
        (await (await gateway.send('GET', '/alarms?state=open&limit=1000', { token })).json()) as {
          items: { alarmId: string; state: string }[];
        },
      ({ items }) => items.length === left,
    );

    line.mend();
    await page.clock.runFor(6000);
    await linkIs('live');
    await page.getByTestId('stale-strip').waitFor({ state: 'detached' });
    await openCount(left);
    // High enough for every line to be in view.
    await page.setViewportSize({ width: 1600, height: 4000 });
    // Many lesser lines stand folded into one.
    await page.getByTestId('fold-line').click();
    await page.clock.runFor(500);
    const expected = record.items.map(({ alarmId, state }) => [alarmId, state]).sort();
    const shown = await eventually(shownAlarms, (lines) => JSON.stringify(lines) === JSON.stringify(expected), 10_000);
    expect(shown).toEqual(expected);
    await page.locator('[data-testid="drawer"] [data-live]').first().getByText('4.5').waitFor();
    await picture(page, 'connection-healed');
  });
});
