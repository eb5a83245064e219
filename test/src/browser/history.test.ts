import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { aTransition } from '../contract/records-builders.js';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { lifeOf, startHistoryCity, STEP_MS, valueOf, YEAR_MS } from './history-city.js';
import { picture } from './page-over-gateway.js';

/** The History page over a year of a gas station. */

const DAY_MS = 86_400_000;

describe('the history of a year', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const nowMs = Date.now();
  const all = 'gas-1/p,gas-1/q,gas-1/t,gas-1/ch4';

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startHistoryCity(nowMs), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    const raise = (channel: string, daysAgo: number, over = {}) => {
      const raisedAtMs = Math.round(nowMs - daysAgo * DAY_MS);
      const alarmId = `gas-1.${channel}.limit.${raisedAtMs.toString(36)}`;
      return aTransition(alarmId, { raisedAtMs, atMs: raisedAtMs, sensorId: `gas-1/${channel}`, ...over });
    };
    const seen = raise('p', 5.5);
    const held = raise('q', 3, { priority: 'yellow', reason: { en: 'Flow high', zh: '流量高' } });
    const holds = { active: true, shelvedUntilMs: null, suppressedBy: 'maintenance of Station one', permit: null };
    await gateway.appendTransitions(
      ...lifeOf(
        seen,
        { event: 'acknowledge', state: 'acknowledged', atMs: seen.atMs + 2 * 3_600_000, actor: 'olga' },
        { event: 'clear', state: 'normal', atMs: seen.atMs + 9 * 3_600_000 },
      ),
      ...lifeOf(held, { event: 'suppress', state: 'suppressed', atMs: held.atMs + 3_600_000, holds }),
      raise('ch4', 120, { priority: 'red', reason: { en: 'Methane in the hall', zh: '调压间甲烷' } }),
    );
    page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' })).newPage();
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  const open = async (query: string): Promise<void> => {
    await page.goto(`${gateway.url}/history?${query}`);
    await page.getByTestId('history-plot').locator('canvas').waitFor();
    await settled();
  };
  const settled = async (): Promise<void> => {
    await eventually(
      () => page.locator('[data-testid="legend-row"][aria-busy="true"]').count(),
      (busy) => busy === 0,
    );
  };
  const rowOf = (channel: string) => page.locator(`[data-testid="legend-row"][data-sensor-id="gas-1/${channel}"]`);
  const searchOf = (): URLSearchParams => new URL(page.url()).searchParams;

  it('is reached from the rail, where sensors are found by name and neighbours are offered', async () => {
    await page.getByTestId('nav-history').click();
    await page.getByTestId('history-search').fill('flow');
    await page.getByTestId('history-found').first().click();
    await rowOf('q').waitFor();
    await page.getByTestId('offered').getByText('Outlet pressure').click();
    await rowOf('p').waitFor();
    expect(searchOf().get('sensors')).toBe('gas-1/q,gas-1/p');
    await rowOf('q').getByTestId('remove-sensor').click();
    await rowOf('q').waitFor({ state: 'detached' });
    expect(searchOf().get('sensors')).toBe('gas-1/p');
  });

  it('shows a year of several sensors with the alarms under it', async () => {
    await open(`sensors=${all}&span=year`);
    expect(await page.getByTestId('history-event').count()).toBe(3);
    expect(await page.getByTestId('history-events').innerText()).toContain('acknowledged by olga');
    await page.getByTestId('history-plot').hover();
    expect(await rowOf('p').getByTestId('cursor-value').innerText()).toMatch(/^(19|20)\d(\.\d)?\u2009kPa$/);
    expect(await rowOf('q').innerText()).toContain('mean of good readings');
    await picture(page, 'history-year-dark-en');
  });

  it('compares with the same time a week before', async () => {
    const toMs = Math.floor(nowMs / STEP_MS) * STEP_MS - 20 * DAY_MS;
    await open(`sensors=gas-1/q&from=${toMs - DAY_MS}&to=${toMs}&compare=week-before`);
    await page.getByTestId('history-plot').hover();
    const shown = (id: string) => rowOf('q').getByTestId(id).innerText();
    const time = await rowOf('q').locator('time').getAttribute('datetime');
    const atMs = Date.parse(time ?? '');
    const number = (text: string) => Number(text.split('\u2009')[0]);
    expect(number(await shown('cursor-value'))).toBeCloseTo(valueOf('q', atMs), 0);
    expect(number(await shown('before-value'))).toBeCloseTo(valueOf('q', atMs - 7 * DAY_MS), 0);
  });

  it('zooms and moves by wheel and keys, and keeps the window in the address', async () => {
    const [from, to] = [nowMs - 10 * DAY_MS, nowMs - 2 * DAY_MS];
    await open(`sensors=${all}&from=${from}&to=${to}&compare=week-before`);
    await picture(page, 'history-week-dark-en');
    const lengthNow = (): number => Number(searchOf().get('to')) - Number(searchOf().get('from'));
    await page.getByTestId('history-plot').hover();
    await page.mouse.wheel(0, -100);
    await eventually(
      () => Promise.resolve(lengthNow()),
      (length) => Math.abs(length - 0.8 * (to - from)) < 5,
    );
    const before = Number(searchOf().get('from'));
    await page.getByTestId('history-plot').focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(
      () => Promise.resolve(Number(searchOf().get('from'))),
      (now) => now < before,
    );
    await page.keyboard.press('0');
    await eventually(
      () => Promise.resolve(searchOf().has('from')),
      (has) => !has,
    );
  });

  it('takes a time that is typed', async () => {
    await open(`sensors=gas-1/p`);
    await page.getByLabel('From', { exact: true }).fill('nonsense');
    await page.getByLabel('From', { exact: true }).press('Enter');
    expect(searchOf().has('from')).toBe(false);
    const day = new Date(nowMs - 3 * DAY_MS).toISOString().slice(0, 10);
    await page.getByLabel('From', { exact: true }).fill(`${day} 08:30`);
    await page.getByLabel('From', { exact: true }).press('Enter');
    await eventually(
      () => Promise.resolve(searchOf().get('from')),
      (from) => Number(from) === Date.parse(`${day}T08:30:00+08:00`),
    );
  });

  it('says plainly that a sensor has no readings, that time has expired, and that a sensor is unknown', async () => {
    await open(`sensors=gas-1/silent,gas-1/p&span=week`);
    await rowOf('silent').getByTestId('no-readings').waitFor();
    await page.goto(`${gateway.url}/history?sensors=gas-1/p&from=${nowMs - 12 * YEAR_MS}&to=${nowMs - 11 * YEAR_MS}`);
    expect(await page.getByTestId('expired').innerText()).toContain('are gone');
    await page.goto(`${gateway.url}/history?sensors=gas-9/p`);
    await rowOf('p').waitFor({ state: 'detached' });
    await page.getByTestId('failed').getByText('No sensor gas-9/p').waitFor();
  });

  it('is saved as a file, raw or as shown, by keyboard as well', async () => {
    const to = nowMs - DAY_MS;
    await open(`sensors=gas-1/p,gas-1/q&from=${to - DAY_MS}&to=${to}`);
    await page.getByTestId('export').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('export-menu').waitFor();
    await picture(page, 'history-export');
    const coming = page.waitForEvent('download');
    await page.getByTestId('export-start').focus();
    await page.keyboard.press('Enter');
    const csv = await coming;
    expect(csv.suggestedFilename()).toMatch(/\.csv$/);
    const lines = readFileSync(await csv.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toBe('sensor_id,name,unit,measured_at,value,quality');
    // Two sensors, a reading each step of the day.
    expect(lines).toHaveLength(1 + 2 * (DAY_MS / STEP_MS));
    await page.getByTestId('export-done').waitFor();

    await page.getByTestId('export-shown').check();
    await page.getByTestId('export-parquet').check();
    const next = page.waitForEvent('download');
    await page.getByTestId('export-start').click();
    const parquet = readFileSync(await (await next).path());
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
    expect(parquet.subarray(-4).toString()).toBe('PAR1');
    await page.keyboard.press('Escape');
    await page.getByTestId('export-menu').waitFor({ state: 'hidden' });
  });

  it('looks the same by day and in Chinese', async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    await context.addInitScript(`localStorage.setItem('mantine-color-scheme-value', 'light');`);
    const other = await context.newPage();
    await logIn(other, gateway.url, 'olga', PASSWORD);
    await other.goto(`${gateway.url}/history?sensors=${all}&span=year&compare=year-before`);
    await other.getByTestId('history-plot').locator('canvas').waitFor();
    await other.getByText('该时段的报警：3 条').waitFor();
    await other.getByTestId('history-plot').hover();
    await picture(other, 'history-year-light-zh');
    expect(complaints.filter((line) => !/40[14]|\/map\//.test(line))).toEqual([]);
  });
});
