import type { Browser } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { logIn, startBrowser } from './chromium.js';
import { everyPath, goWithin } from './every-page.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';
import { violationsOf } from './violations.js';

/** Every page in both languages and both themes by axe-core's rules for WCAG 2.2 AA: none may be broken. */

describe('a person who reads with other means', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    const priorities = ['red', 'orange', 'yellow', 'blue'] as const;
    const raises = Array.from({ length: 12 }, (_, i) =>
      raiseOf(gateway, i % 2 === 0 ? 'p' : 'q', 400_000 - i * 10_000, { priority: priorities[i % 4]! }),
    );
    const held = raiseOf(gateway, 't', 300_000);
    const holds = { active: true, shelvedUntilMs: Date.now() + 3_600_000, suppressedBy: null, permit: null };
    await gateway.appendTransitions(...raises, held, {
      ...held,
      ...{ sequence: 2, event: 'shelve', state: 'shelved', holds, actor: 'olga', note: 'pump on test' },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  it.each([
    ['en', 'dark'],
    ['en', 'light'],
    ['zh', 'dark'],
    ['zh', 'light'],
  ])('finds nothing in the way in %s, %s', async (language, theme) => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, reducedMotion: 'reduce' });
    await context.addInitScript(
      `localStorage.setItem('lifeline.language', '${language}'); localStorage.setItem('mantine-color-scheme-value', '${theme}');`,
    );
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    const check = async (name: string): Promise<void> => {
      found[name] = await violationsOf(page);
      await picture(page, `${name.replaceAll('/', '_')}-${theme}-${language}`);
    };
    await page.goto(gateway.url);
    await page.getByTestId('login-form').waitFor();
    await check('login');
    await logIn(page, `${gateway.url}/?sel=gas-1/p&held=shown`, 'emil', PASSWORD);
    await page.getByTestId('standing-alarm').first().waitFor();
    await page.getByTestId('chart').locator('canvas').first().waitFor();
    await page.getByTestId('held-line').waitFor();
    await check('overview');
    await page.getByTestId('shelve').first().click();
    await page.getByTestId('shelve-reason').waitFor();
    await check('shelve');
    await page.keyboard.press('Escape');
    await page.getByTestId('hold-dialog').waitFor({ state: 'hidden' });
    await page.getByTestId('nav-alarms').click();
    await page.getByTestId('alarm-row').first().click();
    await page.getByTestId('transitions').first().waitFor();
    await check('alarms');
    await page.getByTestId('nav-performance').click();
    await page.getByTestId('bad-actors').waitFor();
    await check('performance');
    await page.getByTestId('nav-sensors').click();
    await page.getByText('gas-1').first().waitFor();
    await check('sensors');
    for (const path of everyPath()) {
      await goWithin(page, path);
      await check(path);
    }
    await goWithin(page, '/definitions?def=P_MID.limit.low');
    await page.getByTestId('versions').waitFor();
    await check('definition');
    await page.getByTestId('edit-definition').click();
    await page.getByTestId('definition-form').waitFor();
    await check('definition-form');
    await page.getByTestId('sound').click();
    await page.getByTestId('sound-on').click();
    await page.getByTestId('try-red').waitFor();
    await check('sound');
    await context.close();
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  });
});
