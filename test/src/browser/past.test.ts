import type { AlarmTransition } from '@lifeline/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { lifeOf } from './history-city.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';

/** The time machine: the map, the list and the drawer of a past moment, played forward, and back to now. */

const MINUTE_MS = 60_000;
/** The machine may be crowded: what the page does by itself must be seen within this. */
const SEEN_WITHIN_MS = 20_000;

describe('looking back', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let early: AlarmTransition;
  let late: AlarmTransition;
  let now: AlarmTransition;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    // One that came and went, one that came ten minutes later, and one that stands since a minute.
    early = raiseOf(gateway, 'p', 90 * MINUTE_MS, { priority: 'red' });
    late = raiseOf(gateway, 'q', 80 * MINUTE_MS);
    now = raiseOf(gateway, 't', MINUTE_MS, { priority: 'yellow' });
    await gateway.appendTransitions(
      ...lifeOf(
        early,
        { event: 'acknowledge', state: 'acknowledged', atMs: early.atMs + 2 * MINUTE_MS, actor: 'emil' },
        { event: 'clear', state: 'normal', atMs: early.atMs + 30 * MINUTE_MS },
      ),
      ...lifeOf(late, { event: 'clear', state: 'returned-unacknowledged', atMs: late.atMs + 40 * MINUTE_MS }),
      now,
    );
    const sensorNo = gateway.ports.registry.channels('gas-1')!.get('p')!.sensorNo;
    const times = Array.from({ length: 121 }, (_, i) => early.atMs - 30 * MINUTE_MS + i * MINUTE_MS);
    await gateway.ports.history.write({
      partition: 0,
      sequence: 1,
      blocks: [
        {
          arrivedAtMs: Date.now(),
          inlet: 'test',
          sensorNo: Uint32Array.from(times, () => sensorNo),
          measuredAtMs: Float64Array.from(times),
          // The value tells its minute: 0 is when the first alarm came.
          value: Float64Array.from(times, (atMs) => (atMs - early.atMs) / MINUTE_MS),
          mark: new Uint8Array(times.length),
        },
      ],
    });
    page = await (await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })).newPage();
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
    await lineOf(now).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  const lineOf = ({ alarmId }: AlarmTransition, state?: string): Locator =>
    page.locator(
      `[data-testid="alarm-line"][data-alarm-id="${alarmId}"]${state === undefined ? '' : `[data-state="${state}"]`}`,
    );
  const band = (): Locator => page.locator('[data-testid="past-band"][data-loading="false"]');
  const atOf = (): number => Number(new URL(page.url()).searchParams.get('at') ?? NaN);
  const offTheList = (): Promise<void> => page.mouse.move(800, 300);
  /** The city's clock of a moment, as a person types it. */
  const typed = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

  it('goes back by the button, and says that it is the past', async () => {
    await page.getByTestId('look-back').click();
    await band().waitFor();
    expect(await page.getByTestId('past-moment').innerText()).toMatch(/^As of .*10 min ago/);
    expect(await page.getByTestId('link-state').innerText()).toContain('Past');
    await offTheList();
    await lineOf(late, 'returned-unacknowledged').waitFor();
    await lineOf(now).waitFor({ state: 'detached' });
  });

  it('goes to a time that is typed, before anything was raised: the list is empty', async () => {
    await page.getByTestId('past-go-to').fill(typed(early.atMs - 3 * MINUTE_MS));
    await page.getByTestId('past-go-to').press('Enter');
    await eventually(
      () => Promise.resolve(atOf()),
      (at) => at < early.atMs,
    );
    await band().waitFor();
    await offTheList();
    await eventually(
      () => page.getByTestId('alarm-line').count(),
      (count) => count === 0,
    );
    await picture(page, 'past-before-dark-en');
  });

  it('plays forward sixty times as fast, and the alarm comes when it came, with its value', async () => {
    await page.keyboard.press('6');
    await page.keyboard.press('Space');
    await lineOf(early, 'unacknowledged').waitFor({ timeout: SEEN_WITHIN_MS });
    await lineOf(early, 'acknowledged').waitFor({ timeout: SEEN_WITHIN_MS });
    await page.keyboard.press('Space');
    await page.locator('[data-testid="past-play"][data-playing="false"]').waitFor();
    const at = atOf();
    expect(at).toBeGreaterThanOrEqual(early.atMs + 2 * MINUTE_MS);
    expect(await lineOf(late).count()).toBe(0);
    await lineOf(early).click();
    const value = page.getByTestId('live-value');
    await value.waitFor();
    await eventually(
      () => value.innerText(),
      (text) => text.includes(String(Math.floor((atOf() - early.atMs) / MINUTE_MS))),
    );
    await page.getByTestId('chart').locator('canvas').first().waitFor();
    await picture(page, 'past-playing-dark-en');
  });

  it('lets nobody act on the past, and says why', async () => {
    await page.locator('fieldset:disabled').getByTestId('acts-closed').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') asked.push(request.url());
    });
    const said = page.locator('.mantine-Notification-root').filter({ hasText: 'You are looking at the past' });
    for (const key of ['a', 's']) {
      await page.keyboard.press(key);
      await said.waitFor();
      await said.getByRole('button').click();
      await said.waitFor({ state: 'detached' });
    }
    expect(await page.getByTestId('hold-dialog').count()).toBe(0);
    // What is seen to be closed is closed indeed, and what is drawn open by mistake would be no way either.
    for (const act of ['acknowledge', 'drawer-acknowledge', 'shelve'])
      for (const button of await page.getByTestId(act).all()) expect(await button.isDisabled()).toBe(true);
    await page.evaluate(`for (const closed of document.querySelectorAll('fieldset:disabled')) closed.disabled = false`);
    await page.getByTestId('step-1').focus();
    await page.keyboard.press('Space');
    await said.waitFor();
    expect(asked).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it.each([
    ['/maintenance', 'plan-work'],
    ['/definitions?def=P_MID.limit.low', 'edit-definition'],
    ['/definitions?def=P_MID.limit.low&edit=true', 'edit-definition'],
  ])('lets an engineer act on nothing by a link to the past either: %s', async (path, act) => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    const emil = await context.newPage();
    await emil.goto(`${gateway.url}${path}${path.includes('?') ? '&' : '?'}at=${late.atMs}`);
    await emil.getByTestId('username').fill('emil');
    await emil.getByTestId('password').fill(PASSWORD);
    await emil.getByTestId('submit').click();
    await emil.getByTestId('now-band').getByText('its link is to the past').waitFor();
    const button = emil.getByTestId(act);
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    await picture(emil, `past-elsewhere-${act}`);
    await emil.keyboard.press('Escape');
    await emil.getByTestId('now-band').waitFor({ state: 'detached' });
    await context.close();
  });

  it('goes back to now by Escape, with nothing missing that came meanwhile', async () => {
    await page.goto(`${gateway.url}/?at=${late.atMs + MINUTE_MS}`);
    await band().waitFor();
    await offTheList();
    await lineOf(late, 'unacknowledged').waitFor();
    const meanwhile = raiseOf(gateway, 'u', 1000, { priority: 'orange' });
    await gateway.appendTransitions(meanwhile);
    await eventually(
      () => page.title(),
      (title) => title.includes('(3)'),
    );
    expect(await lineOf(meanwhile).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('past-band').waitFor({ state: 'detached' });
    await offTheList();
    for (const alarm of [now, meanwhile]) await lineOf(alarm, 'unacknowledged').waitFor();
    await lineOf(late, 'returned-unacknowledged').waitFor();
    expect(Number.isNaN(atOf())).toBe(true);
    await gateway.appendTransitions({ ...now, sequence: 2, event: 'clear', state: 'returned-unacknowledged' });
    await lineOf(now, 'returned-unacknowledged').waitFor();
  });

  it('goes back by the timeline, and steps by the arrows', async () => {
    const box = (await page.getByTestId('timeline').boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.5, box.y + 30);
    await band().waitFor();
    const half = atOf();
    expect(Math.abs(Date.now() - 12 * 3_600_000 - half)).toBeLessThan(15 * MINUTE_MS);
    await page.getByTestId('timeline-head').waitFor();
    await page.keyboard.press('ArrowLeft');
    await eventually(
      () => Promise.resolve(atOf()),
      (at) => at === half - MINUTE_MS,
    );
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(
      () => Promise.resolve(atOf()),
      (at) => at === half + 59 * MINUTE_MS,
    );
    await page.getByTestId('past-leave').click();
    await page.getByTestId('past-band').waitFor({ state: 'detached' });
  });

  it('is a matter of the overview: other pages tell of now', async () => {
    await page.goto(`${gateway.url}/?at=${late.atMs + MINUTE_MS}`);
    await band().waitFor();
    await page.getByTestId('nav-alarms').click();
    await page.getByTestId('alarm-row').first().waitFor();
    await page.getByTestId('past-band').waitFor({ state: 'detached' });
    expect(complaints.filter((line) => !/40[14]|\/map\//.test(line))).toEqual([]);
  });

  it('looks right by day and in Chinese', async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    await context.addInitScript(`localStorage.setItem('mantine-color-scheme-value', 'light');`);
    const other = await context.newPage();
    await logIn(other, gateway.url, 'olga', PASSWORD);
    await other.goto(`${gateway.url}/?at=${late.atMs + MINUTE_MS}&sel=gas-1/q`);
    await other.getByText('回到现在').first().waitFor();
    await other.getByTestId('chart').locator('canvas').first().waitFor();
    await picture(other, 'past-light-zh');
  });
});
