import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { startBrowser } from './chromium.js';
import { everyPath, goWithin } from './every-page.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';

/** Every page at every size it is used at, in both languages: nothing overlaps, nothing runs over the edge. */

const SIZES = [
  [1366, 768],
  [1920, 1080],
  [3840, 2160],
  [390, 844],
] as const;

/** Lines about what runs over the edge or over its neighbour, by what the browser drew. */
const TROUBLES = `(() => {
  const troubles = [];
  const nameOf = (e) => e.tagName.toLowerCase() + '.' + [...e.classList].join('.') + ' "' + (e.innerText ?? '').slice(0, 30) + '"';
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) troubles.push('the page scrolls sideways: ' + root.scrollWidth + ' of ' + innerWidth);
  const boxOf = (e) => e.getBoundingClientRect();
  const overlaps = (a, b) =>
    a.right - b.left > 1.5 && b.right - a.left > 1.5 && a.bottom - b.top > 1.5 && b.bottom - a.top > 1.5;
  const parts = [document.querySelector('header'), document.querySelector('nav'), document.querySelector('main')];
  for (const [i, a] of parts.entries()) for (const b of parts.slice(i + 1))
    if (overlaps(boxOf(a), boxOf(b))) troubles.push(nameOf(a) + ' lies over ' + nameOf(b));
  for (const holder of [parts[0], parts[1], ...document.querySelectorAll('main header')]) {
    const kids = [...holder.children].filter((e) => boxOf(e).width > 0 && getComputedStyle(e).position !== 'absolute');
    for (const [i, a] of kids.entries()) for (const b of kids.slice(i + 1))
      if (overlaps(boxOf(a), boxOf(b))) troubles.push('in ' + nameOf(holder) + ': ' + nameOf(a) + ' lies over ' + nameOf(b));
    for (const kid of kids) {
      const box = boxOf(kid);
      if (box.right > innerWidth + 1 || box.left < -1) troubles.push(nameOf(kid) + ' runs over the edge');
    }
  }
  return troubles;
})()`;

/** Buttons and links of the frame that a finger cannot hit: smaller than 44 px either way. */
const SMALL = `[...document.querySelectorAll('header:not(main header) button, nav a')]
  .map((e) => [e.getAttribute('data-testid') ?? e.className, e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 44 || box.height < 44))
  .map(([name, box]) => name + ' ' + Math.round(box.width) + 'x' + Math.round(box.height))`;

describe('the layout', () => {
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
    await gateway.appendTransitions(...raises);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  async function open(width: number, height: number, language: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.addInitScript(`localStorage.setItem('lifeline.language', '${language}')`);
    const page = await context.newPage();
    await page.goto(gateway.url);
    await page.getByTestId('username').fill('emil');
    await page.getByTestId('password').fill(PASSWORD);
    await page.getByTestId('submit').click();
    await page.getByTestId('alarm-line').first().waitFor();
    return page;
  }

  it.each(SIZES.flatMap(([width, height]) => ['en', 'zh'].map((language) => [width, height, language] as const)))(
    'holds on %s x %s in %s on every page',
    async (width, height, language) => {
      const page = await open(width, height, language);
      const list = (await page.getByTestId('alarm-list').boundingBox())!;
      expect(list.height).toBeGreaterThan(height * 0.4);
      const found: Record<string, string[]> = {};
      for (const path of everyPath()) {
        await goWithin(page, path);
        found[path] = await page.evaluate<string[]>(TROUBLES);
        await picture(page, `layout-${width}-${language}-${path.slice(1).replaceAll('/', '-')}`);
      }
      if (width < 500) found['targets of a finger'] = await page.evaluate<string[]>(SMALL);
      await page.context().close();
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((path) => [path, []])));
    },
  );

  it('is read on a phone by tabs: alarms, map, and what was chosen', async () => {
    const page = await open(390, 844, 'en');
    expect(await page.getByTestId('map').isVisible()).toBe(false);
    await page.getByTestId('tab-map').click();
    await page.getByTestId('map').waitFor();
    expect(await page.getByTestId('alarm-list').isVisible()).toBe(false);
    await page.getByTestId('tab-alarms').click();
    await page.getByTestId('alarm-line').first().click();
    await page.getByTestId('drawer').waitFor();
    await picture(page, 'layout-390-drawer');
    await page.context().close();
  });

  it('is large on a wall: what is read from five metres is twice as large as on a desk', async () => {
    const sizeAt = async (width: number, height: number): Promise<number> => {
      const page = await open(width, height, 'en');
      const box = await page.getByTestId('alarm-line').first().boundingBox();
      await page.context().close();
      return box!.height;
    };
    expect(await sizeAt(3840, 2160)).toBeGreaterThanOrEqual(1.9 * (await sizeAt(1920, 1080)));
  });

  it('keeps the width of a pane as it was left', async () => {
    const page = await open(1920, 1080, 'en');
    const widthOf = async (): Promise<number> => (await page.getByTestId('alarm-list').boundingBox())!.width;
    const before = await widthOf();
    await page.getByRole('separator').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await widthOf()).toBe(before + 48);
    await page.reload();
    await page.getByTestId('alarm-line').first().waitFor();
    expect(await widthOf()).toBe(before + 48);
    await page.context().close();
  });
});
