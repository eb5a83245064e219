import { wallClock, type DutyPost } from '@lifeline/contracts';
import type { Browser, Page } from 'playwright-core';
import { aCrew } from '../contract/records-duty.js';
import { PASSWORD, type RunningGateway } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, startPage } from './page-over-gateway.js';
import { violationsOf } from './violations.js';

/** The page of the duty roster, at an engineer's desk and at an operator's. */

const SEEN_WITHIN_MS = 30_000;
const ZONE = 'Asia/Shanghai';

describe('the duty roster', () => {
  let gateway: RunningGateway;
  let browser: Browser;
  let emil: Page;
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
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
    page.setDefaultTimeout(SEEN_WITHIN_MS);
    await logIn(page, gateway.url, username, PASSWORD);
    await page.getByTestId('nav-duty').click();
    await page.getByTestId('duty-page').waitFor();
    return page;
  }
  const posts = async (): Promise<readonly DutyPost[]> => gateway.ports.records.duty.posts();
  const rowOf = (page: Page, name: string) => page.getByTestId('duty-row').filter({ hasText: name });

  it('says what it is for while nobody is on it, and that crews are rung', async () => {
    await emil.getByTestId('duty-empty').getByText('offered first').waitFor();
    await emil.locator('[data-testid="duty-delivery"][data-delivery="phone"]').waitFor();
  });

  it('takes a crew by the keyboard; what is missing is told at its field', async () => {
    await emil.getByTestId('duty-add').focus();
    await emil.keyboard.press('Enter');
    await emil.locator('[data-testid="duty-nameEn"]:focus').waitFor();
    await emil.keyboard.type('Night crew');
    await emil.keyboard.press('Enter');
    await emil.getByText('Needed.').first().waitFor();
    await emil.keyboard.press('Tab');
    await emil.keyboard.type('夜班抢修队');
    await emil.keyboard.press('Tab');
    await emil.keyboard.type('Leaks and valves');
    await emil.keyboard.press('Tab');
    await emil.keyboard.type('泄漏与阀门');
    await emil.getByTestId('duty-phone').fill('ring Li');
    await emil.getByTestId('duty-when').getByText('By the week').click();
    await emil.getByTestId('duty-phone').press('Enter');
    await emil.getByText('Digits, spaces and hyphens').waitFor();
    await emil.getByTestId('duty-phone').fill('000-5550-0199');
    await emil.getByTestId('add-span').click();
    for (const day of [1, 2, 3, 4, 5]) await emil.getByTestId(`span-1-day-${day}`).uncheck();
    await emil.getByTestId('span-1-from').fill('08:00');
    await emil.getByTestId('span-1-to').fill('20:00');
    await picture(emil, 'duty-form');
    expect(await violationsOf(emil)).toEqual([]);
    await emil.getByTestId('duty-save').press('Enter');
    await rowOf(emil, 'Night crew').waitFor();
    const [post] = await posts();
    expect(post).toMatchObject({
      ...{ name: { en: 'Night crew', zh: '夜班抢修队' }, utility: 'gas', phone: '000-5550-0199', turn: 1 },
      hours: {
        kind: 'weekly',
        spans: [
          { days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' },
          { days: [6, 7], from: '08:00', to: '20:00' },
        ],
      },
      createdBy: 'emil',
    });
    const words = await rowOf(emil, 'Night crew').getByTestId('week-strip').getAttribute('aria-label');
    expect(words).toBe('every day 20:00–08:00; Sat, Sun 08:00–20:00');
  });

  it('shows who is on call now for each lifeline, and says where nobody is', async () => {
    const { records, clock } = gateway.ports;
    const nowMs = clock.nowMs();
    const idle = ((wallClock(nowMs, ZONE).day + 2) % 7) + 1;
    const spans = [{ days: [idle], from: '08:00', to: '20:00' }];
    await records.duty.create(aCrew('Line crew', { utility: 'power', districts: ['north'] }), 'ada', nowMs);
    await records.duty.create(
      aCrew('Pump crew', { utility: 'drainage', hours: { kind: 'weekly', spans } }),
      'ada',
      nowMs,
    );
    await emil.reload();
    await rowOf(emil, 'Pump crew').waitFor();
    const onCall = (utility: string) => emil.getByTestId(`on-call-${utility}`);
    expect(await onCall('power').innerText()).toMatch(/Line crew[\s\S]*north[\s\S]*000-5550-0101/);
    expect(await onCall('drainage').innerText()).toContain('Nobody is on call now');
    expect(await onCall('bridge').innerText()).toContain('Nobody is on call now');
    expect(await rowOf(emil, 'Pump crew').getAttribute('data-on-call')).toBe('false');
    await picture(emil, 'duty-page');
    expect(await violationsOf(emil)).toEqual([]);
  });

  it('tells who was quicker where two change the same entry', async () => {
    await rowOf(emil, 'Line crew').getByTestId('duty-edit').click();
    await emil.locator('[data-testid="duty-nameEn"]:focus').waitFor();
    const line = (await posts()).find(({ name }) => name.en === 'Line crew')!;
    await gateway.ports.records.duty.change(
      { postId: line.postId, expectedVersion: 1, removedAtMs: null, changedBy: 'ada' },
      gateway.ports.clock.nowMs(),
    );
    await emil.getByTestId('duty-phone').fill('000-5550-0150');
    await emil.keyboard.press('Enter');
    await emil.getByTestId('duty-refused').getByText('ada changed this entry').waitFor();
    await emil.keyboard.press('Escape');
    await emil.getByTestId('duty-form').waitFor({ state: 'hidden' });
    await rowOf(emil, 'Line crew').getByTestId('duty-edit').click();
    await emil.getByTestId('duty-phone').fill('000-5550-0150');
    await emil.keyboard.press('Enter');
    await rowOf(emil, 'Line crew').getByText('000-5550-0150').waitFor();
  });

  it('takes an entry off the list, with a way to undo it', async () => {
    await rowOf(emil, 'Pump crew').getByTestId('duty-remove').click();
    await rowOf(emil, 'Pump crew').waitFor({ state: 'detached' });
    await emil.getByTestId('undo-remove').click();
    await rowOf(emil, 'Pump crew').waitFor();
    const pump = (await posts()).find(({ name }) => name.en === 'Pump crew');
    expect(pump).toMatchObject({ version: 3, removedAtMs: null });
  });

  it('is only read by an operator, in the operator’s language', async () => {
    const olga = await pageOf('olga', 'zh-CN');
    await rowOf(olga, '夜班抢修队').waitFor();
    expect(await olga.getByTestId('duty-add').count()).toBe(0);
    expect(await olga.getByTestId('duty-edit').count()).toBe(0);
    await olga.getByText('值班表由工程师维护').waitFor();
    await picture(olga, 'duty-zh');
  });

  it('says that it cannot be read, and reads it when asked again', async () => {
    await emil.route('**/duty-posts', (route) => route.abort());
    await emil.reload();
    await emil.getByTestId('failed').waitFor();
    await emil.unroute('**/duty-posts');
    await emil.getByTestId('failed').getByRole('button').click();
    await rowOf(emil, 'Night crew').waitFor();
    await eventually(
      () => emil.getByTestId('failed').count(),
      (count) => count === 0,
    );
    const expected = /\/map\/|409|ERR_FAILED|Failed to load/;
    expect(complaints.filter((line) => !expected.test(line))).toEqual([]);
  });
});
