import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';

/** The figures of the alarm system over what was really announced, and on paper. */

const ANNOUNCED = 14;

describe('the performance page', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  const figure = (name: string) => page.locator(`[data-figure="${name}"]`);

  it('says that nothing was announced', async () => {
    await page.getByTestId('nav-performance').click();
    await page.getByTestId('nothing-announced').waitFor();
    expect(await figure('averagePerTenMinutes').getAttribute('data-standing')).toBe('well');
  });

  it('shows what was announced beside its targets: the rate, the flood, the worst actor', async () => {
    const raises = Array.from({ length: ANNOUNCED }, (_, i) =>
      raiseOf(gateway, i < 9 ? 'p' : 'q', 400_000 - i * 10_000, { priority: i === 0 ? 'red' : 'blue' }),
    );
    await gateway.appendTransitions(...raises);
    await page.getByTestId('nav-overview').click();
    await page.locator(`[data-testid="alarm-line"][data-alarm-id="${raises.at(-1)!.alarmId}"]`).waitFor();
    await page.goto(`${gateway.url}/performance?span=day`);
    await page.getByTestId('announced-chart').locator('canvas').waitFor();
    await figure('announced')
      .filter({ hasText: String(ANNOUNCED) })
      .waitFor();
    expect(await figure('standing').getAttribute('data-standing')).toBe('over');
    expect(await figure('standing').innerText()).toContain('over target');
    await page.getByTestId('floods').waitFor();
    expect(await page.getByTestId('floods').locator('tbody tr').count()).toBe(1);
    const worst = page.getByTestId('bad-actors').locator('tbody tr').first();
    expect(await worst.getAttribute('data-sensor-id')).toBe('gas-1/p');
    expect(await worst.innerText()).toContain('9');
    await picture(page, 'performance-night-en');
  });

  it('halves the load for two operators, and keeps span and crew in the address', async () => {
    const before = await figure('peakPerTenMinutes').innerText();
    await page.getByTestId('operators').fill('2');
    await page.waitForURL(/operators=2/);
    await eventually(
      () => figure('peakPerTenMinutes').innerText(),
      (after) => after !== before,
    );
    await page.getByTestId('performance-span').getByText('7 d').click();
    await page.waitForURL(/span=week/);
    await page.reload();
    await page.getByTestId('figures').waitFor();
    expect(await page.getByTestId('operators').inputValue()).toBe('2');
  });

  it('prints on one page of A4, with the city, the span, who and when', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    const head = await page.getByTestId('paper-head').innerText();
    for (const part of ['Testville', '7 d', 'Printed by olga', 'operators on duty: 2']) expect(head).toContain(part);
    expect(await page.getByTestId('nav-overview').isVisible()).toBe(false);
    await page.setViewportSize({ width: 703, height: 1030 });
    await picture(page, 'performance-print');
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1920, height: 1080 });
  });

  it('opens the sensor of a worst actor', async () => {
    await page.locator('[data-testid="bad-actors"] a').first().click();
    await page.getByTestId('drawer').getByText('gas-1/p').first().waitFor();
    expect(complaints.filter((line) => !line.includes('401') && !line.includes('/map/'))).toEqual([]);
  });
});
