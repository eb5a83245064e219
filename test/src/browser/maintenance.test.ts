import type { Browser, Page } from 'playwright-core';
import type { ListedWindow } from '@lifeline/contracts';
import { PASSWORD, type RunningGateway } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, startPage } from './page-over-gateway.js';

/** The page of planned work, at an engineer's desk and at an operator's. */
describe('planned work', () => {
  let gateway: RunningGateway;
  let browser: Browser;
  let emil: Page;
  let complaints: string[];
  let token: string;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    token = await gateway.login('emil');
    emil = await pageOf('emil');
    complaints = watchComplaints(emil);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  async function pageOf(username: string, locale = 'en-GB'): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale });
    const page = await context.newPage();
    await logIn(page, gateway.url, username, PASSWORD);
    await page.getByTestId('nav-maintenance').click();
    await page.getByTestId('maintenance-page').waitFor();
    return page;
  }
  const windows = async (): Promise<ListedWindow[]> => {
    const answer = await gateway.send('GET', '/maintenance-windows', { token });
    return ((await answer.json()) as { items: ListedWindow[] }).items;
  };
  const row = (page: Page, state: string) => page.locator(`[data-testid="window-row"][data-state="${state}"]`);

  it('says what a window is for while there is none', async () => {
    await emil.getByTestId('windows-empty').getByText('suppressed by design').waitFor();
  });

  it('is planned by the keyboard; what is missing is told at its field', async () => {
    await emil.getByTestId('plan-work').focus();
    await emil.keyboard.press('Enter');
    await emil.locator('[data-testid="window-from"]:focus').waitFor();
    await emil.getByTestId('window-permit').press('Enter');
    await emil.getByText('Choose at least one asset').waitFor();
    await picture(emil, 'maintenance-form');
    await emil.getByTestId('scope-assets').click();
    await emil.keyboard.type('regulator-1');
    await emil.keyboard.press('ArrowDown');
    await emil.keyboard.press('Enter');
    await emil.getByTestId('window-worker').fill('Li Wei, crew 3');
    await emil.getByTestId('window-permit').fill('P-12');
    await emil.getByTestId('window-permit').press('Enter');
    await row(emil, 'now').waitFor();
    expect(await row(emil, 'now').innerText()).toMatch(
      /Regulator one[\s\S]*6 sensors[\s\S]*Repair[\s\S]*Li Wei, crew 3/,
    );
    const [window] = await windows();
    expect(window).toMatchObject({ permit: 'P-12', scope: { assetIds: ['regulator-1'] }, createdBy: 'emil' });
    expect(window!.toMs - window!.fromMs).toBe(4 * 3_600_000);
    await emil.getByTestId('window-bars').waitFor();
    await picture(emil, 'maintenance');
  });

  it('is ended at once, and taken back by the one who may plan', async () => {
    await row(emil, 'now').getByTestId('window-end').click();
    await emil.getByTestId('windows-empty').waitFor();
    await emil.getByTestId('undo-window').click();
    await row(emil, 'now').waitFor();
    expect(await windows()).toMatchObject([{ version: 3, endedAtMs: null }]);
  });

  it('tells a refusal in the reader’s language, and shows what holds', async () => {
    const zhang = await pageOf('emil', 'zh-CN');
    await row(zhang, 'now').waitFor();
    const [{ windowId, version }] = (await windows()) as [ListedWindow];
    await zhang.route('**/end', async (route) => {
      // Another ends it a moment before.
      await gateway.send('POST', `/maintenance-windows/${windowId}/end`, { token, body: { expectedVersion: version } });
      await route.continue();
    });
    await row(zhang, 'now').getByTestId('window-end').click();
    await zhang.locator('.mantine-Notification-root').filter({ hasText: '该时段已结束' }).waitFor();
    await zhang.getByTestId('windows-empty').waitFor();
    await zhang.getByText('近 30 天已结束').click();
    await row(zhang, 'past').waitFor();
    await picture(zhang, 'maintenance-zh');
  });

  it('is ended by an operator after a question, and planned by none', async () => {
    const nowMs = gateway.ports.clock.nowMs();
    const scope = { areas: [{ district: 'north', utility: 'gas' }] };
    const body = {
      fromMs: nowMs + 3_600_000,
      toMs: nowMs + 7_200_000,
      kind: 'drill',
      worker: 'Wu',
      permit: 'P-3',
      scope,
    };
    await gateway.send('POST', '/maintenance-windows', { token, body });
    const olga = await pageOf('olga');
    await row(olga, 'next').waitFor();
    expect(await olga.getByTestId('plan-work').count()).toBe(0);
    await row(olga, 'next').getByTestId('window-end').click();
    await olga.getByTestId('confirm-end').click();
    await eventually(windows, (all) => all.every(({ endedAtMs }) => endedAtMs !== null));
    await olga.getByTestId('windows-empty').waitFor();
    expect(complaints.filter((line) => !line.includes('/map/') && !line.includes('409'))).toEqual([]);
  });
});
