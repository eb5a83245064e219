import { wallClock, type AlarmTransition, type CallOut } from '@lifeline/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { aCrew } from '../contract/records-duty.js';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { WebhookServer } from '../servers/webhook.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';
import { violationsOf } from './violations.js';

/** A crew is called out from the keyboard alone; another desk sees it; the city's own gateway is told. */

/** By the live link, on a crowded machine; how quick it is is measured apart. */
const SEEN_WITHIN_MS = 30_000;
const ZONE = 'Asia/Shanghai';

describe('calling a crew out', () => {
  let webhook: WebhookServer;
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let olga: Page;
  let emil: Page;
  let complaints: string[];
  let gas: AlarmTransition;
  let other: AlarmTransition;

  beforeAll(async () => {
    webhook = await WebhookServer.start();
    [gateway, browser] = await Promise.all([startPage({ LIFELINE_CALL_OUT_WEBHOOK: webhook.url }), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    await fillRoster();
    gas = raiseOf(gateway, 'p', 300_000, { priority: 'red', assetId: 'regulator-1' });
    other = raiseOf(gateway, 'q', 240_000, { priority: 'blue' });
    await gateway.appendTransitions(gas, other);
    olga = await desk('olga');
    emil = await desk('emil');
    complaints = watchComplaints(olga);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
    await webhook?.stop();
  });

  async function fillRoster(): Promise<void> {
    const { records, clock } = gateway.ports;
    const nowMs = clock.nowMs();
    // A day that is neither today nor tomorrow, however long this takes.
    const idle = ((wallClock(nowMs, ZONE).day + 2) % 7) + 1;
    const spans = [{ days: [idle], from: '08:00', to: '20:00' }];
    for (const crew of [
      aCrew('Second crew', { turn: 2, phone: '000-5550-0102' }),
      aCrew('First crew', { districts: ['north'], phone: '000-5550-0101' }),
      aCrew('Idle crew', { hours: { kind: 'weekly', spans }, phone: '000-5550-0103' }),
      aCrew('Power crew', { utility: 'power', phone: '000-5550-0104' }),
    ])
      await records.duty.create(crew, 'emil', nowMs);
  }

  async function desk(username: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(SEEN_WITHIN_MS);
    await logIn(page, gateway.url, username, PASSWORD);
    await lineOf(page, gas).waitFor();
    return page;
  }

  const lineOf = (page: Page, { alarmId }: AlarmTransition): Locator =>
    page.locator(`[data-testid="alarm-line"][data-alarm-id="${alarmId}"]`);
  const markOf = (page: Page, alarm: AlarmTransition, tells: string): Locator =>
    lineOf(page, alarm).locator(`[data-testid="call-out-mark"][data-tells="${tells}"]`);
  const focusOn = (page: Page, testId: string): Promise<void> =>
    page.locator(`[data-testid="${testId}"]:focus`).waitFor();
  /** What is to be done comes to it when the definition is read. */
  const messageWith = (page: Page, text: string): Promise<string> =>
    eventually(
      () => page.getByTestId('call-out-message').inputValue(),
      (message) => message.includes(text),
      SEEN_WITHIN_MS,
    );
  const callOuts = async (): Promise<readonly CallOut[]> =>
    (await gateway.ports.records.callOuts.callOuts({ limit: 50 })).items;
  const crewsShown = (page: Page, standing: string): Promise<string[]> =>
    page.locator(`[data-testid="crew"][data-standing="${standing}"] label span span:first-child`).allInnerTexts();

  /** Keeps when the mark of a line first tells what it tells, by the clock of the machine that both desks and the gateway are on. */
  const watchMarks = (page: Page, { alarmId }: AlarmTransition): Promise<void> =>
    page.evaluate(`void (() => {
      window.marks = {};
      const look = () => {
        const mark = document.querySelector('[data-alarm-id="${alarmId}"] [data-testid="call-out-mark"]');
        if (mark) window.marks[mark.dataset.tells] ??= Date.now();
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
    })()`);

  it('shows who is on call for the lifeline and the place, and what they are to be told', async () => {
    await olga.keyboard.press('j');
    await olga.keyboard.press('c');
    await focusOn(olga, 'crew-choice');
    expect(await crewsShown(olga, 'on-call')).toEqual(['First crew', 'Second crew']);
    expect(await crewsShown(olga, 'off-call')).toEqual(['Idle crew']);
    expect(await crewsShown(olga, 'elsewhere')).toEqual(['Power crew']);
    const first = olga.getByTestId('crew').filter({ hasText: 'First crew' });
    expect(await first.getByTestId('crew-choice').isChecked()).toBe(true);
    expect(await first.getByTestId('phone').getAttribute('href')).toBe('tel:00055500101');
    const message = await messageWith(olga, gateway.ports.definitions.of(gas)!.action.en);
    expect(message).toContain('Sensor p');
    expect(message).toContain('412.3\u2009kPa, high 400.0');
    expect(message).toMatch(/since \d\d:\d\d/);
    await olga.locator('[data-testid="call-out-how"][data-delivery="webhook"]').waitFor();
    await picture(olga, 'call-out-dialog');
    expect(await violationsOf(olga)).toEqual([]);
  });

  it('goes out with Enter; the other desk sees it, and the city’s gateway is told once', async () => {
    await watchMarks(emil, gas);
    await olga.keyboard.press('Enter');
    await markOf(emil, gas, 'called').waitFor({ timeout: SEEN_WITHIN_MS });
    const [made] = await callOuts();
    expect(made).toMatchObject({
      alarmId: gas.alarmId,
      by: 'olga',
      crew: { name: { en: 'First crew' }, isOnCall: true },
    });
    await olga.locator('[data-testid="call-out-delivery"][data-delivery="sent"]').waitFor({ timeout: SEEN_WITHIN_MS });
    expect(webhook.told).toHaveLength(1);
    const [{ message, headers, path }] = webhook.told as [(typeof webhook.told)[0]];
    expect(message).toMatchObject({
      ...{ event: 'call-out', callOutId: made!.callOutId, by: 'olga', alarmId: gas.alarmId, incidentId: null },
      ...{ message: made!.message, crew: { phone: '000-5550-0101' } },
    });
    expect(headers['idempotency-key']).toBe(made!.callOutId);
    expect(headers.authorization).toBe(`Basic ${Buffer.from('city:hunter2').toString('base64')}`);
    expect(path).toBe('/texts?token=s3cret');
    await picture(olga, 'call-out-sent');
  });

  it('offers the next where nobody answers', async () => {
    await focusOn(olga, 'call-out-reached');
    await olga.keyboard.press('Tab');
    await focusOn(olga, 'call-out-no-answer');
    await olga.keyboard.press('Enter');
    await markOf(emil, gas, 'no-answer').waitFor({ timeout: SEEN_WITHIN_MS });
    await focusOn(olga, 'crew-choice');
    const second = olga.getByTestId('crew').filter({ hasText: 'Second crew' });
    await second.locator('[data-testid="crew-choice"]:focus').waitFor();
    await picture(olga, 'call-out-next');
    await olga.keyboard.press('Enter');
    await markOf(emil, gas, 'called').waitFor({ timeout: SEEN_WITHIN_MS });
    expect((await callOuts()).map(({ crew }) => crew.name.en)).toEqual(['Second crew', 'First crew']);
  });

  it('keeps who answered and when they arrive', async () => {
    await focusOn(olga, 'call-out-reached');
    await olga.keyboard.press('Enter');
    await focusOn(olga, 'reached-who');
    await olga.keyboard.type('Li Wei');
    await olga.keyboard.press('Tab');
    await olga.keyboard.press('ControlOrMeta+a');
    await olga.keyboard.type('20');
    await picture(olga, 'call-out-reached');
    expect(await violationsOf(olga)).toEqual([]);
    await olga.keyboard.press('Enter');
    const mark = markOf(emil, gas, 'coming');
    await mark.waitFor({ timeout: SEEN_WITHIN_MS });
    expect(await mark.innerText()).toMatch(/^arrives (\d\d-\d\d )?\d\d:\d\d$/);
    const [reached] = (await callOuts())[0]!.steps.filter(({ kind }) => kind === 'reached');
    expect(reached).toMatchObject({ who: 'Li Wei', by: 'olga' });
    const inMs = (reached as { expectedAtMs: number }).expectedAtMs - reached!.atMs;
    expect(Math.abs(inMs - 20 * 60_000)).toBeLessThan(5_000);
  });

  it('is closed with Escape, and opened again by the same key where the crew is on its way', async () => {
    await olga.keyboard.press('Escape');
    await olga.getByTestId('call-out-dialog').waitFor({ state: 'hidden' });
    await olga.keyboard.press('Enter');
    await olga.getByTestId('drawer').waitFor();
    await picture(olga, 'call-out-pane');
    await olga.keyboard.press('c');
    await focusOn(olga, 'call-out-arrived');
    await olga.keyboard.press('Enter');
    await markOf(emil, gas, 'arrived').waitFor({ timeout: SEEN_WITHIN_MS });
    await olga.keyboard.press('Escape');
    await olga.getByTestId('call-out-dialog').waitFor({ state: 'hidden' });
    expect(await olga.getByTestId('drawer').count()).toBe(1);
  });

  it('was seen at the other desk within a second', async () => {
    const [second, first] = await callOuts();
    const atMs = (callOut: CallOut | undefined, kind: string) =>
      callOut!.steps.find((step) => step.kind === kind)!.atMs;
    const done = { called: first!.atMs, 'no-answer': atMs(first, 'no-answer') };
    const then = { coming: atMs(second, 'reached'), arrived: atMs(second, 'arrived') };
    const seen: Record<string, number> = await emil.evaluate('window.marks');
    const late = Object.entries({ ...done, ...then }).map(([tells, ms]) => seen[tells]! - ms);
    // Of a machine that is crowded the quickest counts: a desk that polled would be late each time.
    expect(Math.min(...late)).toBeLessThan(1_000);
    expect(late.every((ms) => ms < SEEN_WITHIN_MS)).toBe(true);
  });

  it('says of a message that was not sent why, and that they must be rung', async () => {
    webhook.answers.push(403);
    await lineOf(olga, other).click();
    await olga.getByTestId('drawer').getByTestId('call-out-open').click();
    await olga.getByTestId('call-out-message').fill('Look at it please');
    await olga.keyboard.press('Enter');
    const failed = olga.getByTestId('call-out-dialog').locator('[data-delivery="not-sent"]');
    await failed.waitFor({ timeout: SEEN_WITHIN_MS });
    expect(await failed.innerText()).toMatch(/answered 403\. Ring them/);
    await picture(olga, 'call-out-not-sent');
    // The district of this alarm is not known: whoever is for the whole city is called, and not the crew of one.
    expect((await callOuts())[0]).toMatchObject({
      message: 'Look at it please',
      crew: { name: { en: 'Second crew' } },
    });
    await olga.keyboard.press('Escape');
    await olga.getByTestId('call-out-dialog').waitFor({ state: 'hidden' });
  });

  it('is refused to who saw less than there is, and said who was quicker', async () => {
    const held: (() => Promise<void>)[] = [];
    const asked = olga.waitForRequest('**/results');
    await olga.route('**/results', (route) => void held.push(() => route.continue()));
    const entry = olga.getByTestId('drawer').getByTestId('call-out');
    await entry.getByTestId('call-out-no-answer').click();
    await asked;
    await lineOf(emil, other).click();
    await emil.getByTestId('drawer').getByTestId('call-out-arrived').click();
    await markOf(emil, other, 'arrived').waitFor({ timeout: SEEN_WITHIN_MS });
    await eventually(
      () => Promise.resolve(held.length),
      (count) => count === 1,
    );
    await held[0]!();
    await olga.locator('.mantine-Notification-root').filter({ hasText: 'emil said something' }).waitFor();
    await olga.unroute('**/results');
    await entry.locator('[data-kind="arrived"]').waitFor();
    expect(await entry.locator('[data-kind="no-answer"]').count()).toBe(0);
  });

  it('is not done in the past', async () => {
    const before = await callOuts();
    await lineOf(olga, gas).click();
    const atMs = gateway.ports.clock.nowMs() - 120_000;
    const url = new URL(olga.url());
    url.searchParams.set('at', String(atMs));
    await olga.evaluate(`window.history.pushState({}, '', ${JSON.stringify(`${url.pathname}${url.search}`)})`);
    await olga.locator('[data-testid="past-band"][data-loading="false"]').waitFor();
    await lineOf(olga, gas).waitFor();
    // Nobody had been called then.
    expect(await markOf(olga, gas, 'arrived').count()).toBe(0);
    expect(await olga.getByTestId('call-out-open').isDisabled()).toBe(true);
    await olga.keyboard.press('c');
    await olga.locator('.mantine-Notification-root').filter({ hasText: /past/i }).waitFor();
    expect(await olga.getByTestId('call-out-dialog').count()).toBe(
      await olga.getByTestId('call-out-dialog').filter({ visible: false }).count(),
    );
    expect(await callOuts()).toEqual(before);
    await olga.goBack();
    await markOf(olga, gas, 'arrived').waitFor({ timeout: SEEN_WITHIN_MS });
  });

  it('is all there after the gateway was restarted', async () => {
    const before = await callOuts();
    await stopDesk();
    gateway = await gateway.restart();
    stopDesk = runDesk(gateway.ports);
    await olga.reload();
    await markOf(olga, gas, 'arrived').waitFor({ timeout: SEEN_WITHIN_MS });
    expect(await callOuts()).toEqual(before);
    const entries = olga.getByTestId('drawer').getByTestId('call-out');
    await entries.nth(1).waitFor();
    expect(await entries.nth(0).innerText()).toMatch(/Second crew[\s\S]*Reached Li Wei[\s\S]*Arrived/);
    expect(await entries.nth(1).innerText()).toMatch(/First crew[\s\S]*No answer/);
    expect(webhook.told).toHaveLength(3);
    await picture(olga, 'call-out-after-restart');
  });

  it('speaks Chinese to who does', async () => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await logIn(page, gateway.url, 'olga', PASSWORD);
    await lineOf(page, gas).click();
    await markOf(page, gas, 'arrived').filter({ hasText: '到场' }).waitFor({ timeout: SEEN_WITHIN_MS });
    await page.keyboard.press('c');
    await focusOn(page, 'crew-choice');
    await messageWith(page, '处置要求：');
    await picture(page, 'call-out-zh');
    const expected = /401|409|403|\/map\/|WebSocket|ERR_|Failed to load/;
    expect(complaints.filter((line) => !expected.test(line))).toEqual([]);
  });

  it('is for a whole incident as well, whose pane shows what was called for its alarms', async () => {
    const more = ['t', 'u'].map((channel) => raiseOf(gateway, channel, 60_000, { assetId: 'regulator-1' }));
    await gateway.appendTransitions(...more);
    const line = olga.getByTestId('incident-line');
    await line.waitFor();
    await line.click();
    await olga.getByTestId('incident-pane').getByTestId('call-out').nth(1).waitFor();
    await olga.keyboard.press('c');
    await focusOn(olga, 'crew-choice');
    await messageWith(olga, 'open alarms: 3');
    // Both who are on call were called for its first alarm: whom else to call is for a person to choose.
    await olga.getByTestId('all-called').waitFor();
    expect(await olga.locator('[data-post-id]:checked').count()).toBe(0);
    await olga.getByTestId('crew').filter({ hasText: 'Idle crew' }).getByTestId('crew-choice').check();
    await olga.keyboard.press('Enter');
    await olga.getByTestId('incident-pane').getByTestId('call-out').nth(2).waitFor();
    const [made] = await callOuts();
    expect(made).toMatchObject({ alarmId: gas.alarmId, crew: { name: { en: 'Idle crew' }, isOnCall: false } });
    expect(made!.incidentId).toMatch(/^incident\./);
    await olga.keyboard.press('Escape');
    await olga.getByTestId('call-out-dialog').waitFor({ state: 'hidden' });
    await picture(olga, 'call-out-incident');
  });
});
