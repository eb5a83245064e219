import type { AlarmTransition } from '@lifeline/contracts';
import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { startBrowser, watchComplaints } from './chromium.js';
import { KeyboardPerson } from './keyboard-only.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';

/** A whole incident without a mouse: from the login to the log-out, the focus is somewhere and can be seen. */

const LIST = '#operators-list';
const DRAWER = '#drawer';
const testId = (name: string): string => `[data-testid="${name}"]`;

describe('an operator without a mouse', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let olga: KeyboardPerson;
  let complaints: string[];
  let raised: Record<'p' | 'q' | 't' | 'u' | 'v' | 'w', AlarmTransition>;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    // An incident of two on one asset; three of one priority, and one below them.
    raised = {
      u: raiseOf(gateway, 'u', 300_000, { priority: 'red', assetId: 'regulator-1' }),
      v: raiseOf(gateway, 'v', 290_000, { priority: 'orange', assetId: 'regulator-1' }),
      p: raiseOf(gateway, 'p', 100_000),
      q: raiseOf(gateway, 'q', 200_000),
      t: raiseOf(gateway, 't', 250_000),
      w: raiseOf(gateway, 'w', 150_000, { priority: 'blue' }),
    };
    await gateway.appendTransitions(...Object.values(raised));
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
    complaints = watchComplaints(page);
    olga = await KeyboardPerson.at(page);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  /** The line that the list says the operator is on. */
  const lineAt = (): Promise<string | null | undefined> =>
    page.evaluate<string | null | undefined>(
      `(() => { const line = document.getElementById(document.querySelector('${LIST}').getAttribute('aria-activedescendant'));
        return line?.dataset.alarmId ?? line?.dataset.incidentId; })()`,
    );
  async function standsOn(id: string | undefined): Promise<void> {
    await eventually(lineAt, (at) => (at ?? undefined) === id, 5_000);
  }
  const stateOf = ({ alarmId }: AlarmTransition, state: string): Promise<void> =>
    page.locator(`${testId('alarm-line')}[data-alarm-id="${alarmId}"][data-state="${state}"]`).waitFor();
  const addressOf = (key: string): string | null => new URL(page.url()).searchParams.get(key);

  it('logs in, and is at the list', async () => {
    await page.goto(gateway.url);
    await olga.comesTo(testId('username'));
    await olga.type('olga');
    await olga.press('Tab');
    await olga.type(PASSWORD);
    await olga.press('Enter');
    await page.locator(testId('incident-line')).waitFor();
    await olga.comesTo(LIST);
  });

  it('walks the list, opens a line, reads the drawer, and leaves it for the line', async () => {
    await olga.press('j', 'j');
    await standsOn(raised.p.alarmId);
    await olga.press('j', 'k');
    await standsOn(raised.p.alarmId);
    await olga.press('End');
    await standsOn(raised.w.alarmId);
    await olga.press('Home', 'ArrowDown');
    await standsOn(raised.p.alarmId);
    expect(await olga.unseen()).toBeUndefined();
    await picture(page, 'keyboard-line-dark-en');
    await olga.press('Enter');
    await olga.comesTo(DRAWER);
    expect(await page.locator(DRAWER).getAttribute('data-shows')).toBe(raised.p.sensorId);
    await page.locator(testId('what-to-do')).waitFor();
    await olga.tabTo(testId('acknowledge-note'));
    await olga.type('looking');
    // Out of the field, then out of the drawer.
    await olga.press('Escape');
    await olga.comesTo(DRAWER);
    await olga.press('Escape');
    await page.locator(DRAWER).waitFor({ state: 'detached' });
    await olga.comesTo(LIST);
    await standsOn(raised.p.alarmId);
  });

  it('acknowledges down the list, and misses none though each goes behind what waits', async () => {
    await olga.press('a');
    await stateOf(raised.p, 'acknowledged');
    await olga.press('j');
    await standsOn(raised.q.alarmId);
    await olga.press('a');
    await stateOf(raised.q, 'acknowledged');
    await olga.press('j');
    await standsOn(raised.t.alarmId);
  });

  it('goes on from where a line was that goes away, and acts on no other in its place', async () => {
    await olga.press('k', 'j');
    const at = (await lineAt())!;
    const gone = Object.values(raised).find(({ alarmId }) => alarmId === at)!;
    expect(gone).toBe(raised.t);
    await gateway.appendTransitions({ ...gone, sequence: 2, event: 'clear', state: 'normal' });
    await page.locator(`${testId('alarm-line')}[data-alarm-id="${at}"]`).waitFor({ state: 'detached' });
    await standsOn(undefined);
    expect(await olga.isOn(LIST)).toBe(true);
    expect(await olga.unseen()).toBeUndefined();
    await olga.press('a');
    await olga.press('j');
    const order = await page
      .locator(`${LIST} [data-level="1"]`)
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-alarm-id')));
    await standsOn(raised.p.alarmId);
    expect(order.indexOf(raised.p.alarmId)).toBeGreaterThan(0);
  });

  it('opens a whole incident and acknowledges it', async () => {
    await olga.press('k', 'k', 'k', 'k');
    const incidentId = (await page.locator(testId('incident-line')).getAttribute('data-incident-id'))!;
    await standsOn(incidentId);
    await olga.press('Enter');
    await olga.comesTo(DRAWER);
    await page.locator(testId('incident-pane')).waitFor();
    await olga.press('a');
    await page.locator(`${testId('incident-line')}[data-waits="false"]`).waitFor();
    // The button that did the same in the drawer is gone.
    await olga.press('Escape');
    await olga.comesTo(LIST);
    await olga.press('ArrowLeft');
    await page.locator('[data-level="2"]').first().waitFor({ state: 'detached' });
  });

  it('ticks the steps of what to do, the focus staying on each', async () => {
    await olga.press('j');
    await olga.press('Enter');
    await olga.comesTo(DRAWER);
    await page.locator(testId('what-to-do')).waitFor();
    for (const step of [1, 2]) {
      await olga.tabTo(testId(`step-${step}`));
      await olga.press('Space');
      await page.locator(testId('what-to-do')).getByText(`${step} of 3 done`).waitFor();
      expect(await olga.isOn(testId(`step-${step}`))).toBe(true);
      expect(await olga.unseen()).toBeUndefined();
    }
    // A letter on a box is meant for the page.
    await olga.press('Escape');
    await olga.comesTo(LIST);
  });

  it('shelves with a reason and a time, and takes it back from the list of what is held', async () => {
    const alarmId = (await lineAt())!;
    await olga.press('s');
    await olga.comesTo(testId('shelve-reason'));
    await olga.tabTo('input[type="radio"]', 'Shift+Tab');
    await olga.press('ArrowRight');
    expect(await olga.unseen()).toBeUndefined();
    await olga.tabTo(testId('shelve-reason'));
    await olga.type('pump on test');
    await olga.press('Enter');
    await page.locator(`${testId('alarm-line')}[data-alarm-id="${alarmId}"]`).waitFor({ state: 'detached' });
    await olga.comesTo(LIST);
    await olga.tabTo(testId('held-count'));
    await olga.press('Enter');
    await page
      .locator(`${testId('held-line')}[data-alarm-id="${alarmId}"]`)
      .getByText(/5\d min left|1 h left/)
      .waitFor();
    await olga.tabTo(testId('unshelve'));
    await olga.press('Enter');
    await page.locator(`${testId('alarm-line')}[data-alarm-id="${alarmId}"]`).waitFor();
    await olga.press('Shift+Tab', 'Escape');
    await olga.comesTo(LIST);
  });

  it('goes to the map, moves and zooms it, and comes back', async () => {
    await olga.press('m');
    await olga.comesTo('canvas');
    expect(await olga.unseen()).toBeUndefined();
    await eventually(
      () => Promise.resolve(Number(addressOf('z'))),
      (zoom) => zoom > 15,
    );
    const before = Number(addressOf('lng'));
    await olga.press('ArrowRight');
    await eventually(
      () => Promise.resolve(Number(addressOf('lng'))),
      (lng) => lng > before,
    );
    await olga.press('Escape');
    await olga.comesTo(LIST);
  });

  it('walks what the map shows, the abnormal first, and opens it', async () => {
    await olga.press('m');
    await olga.comesTo('canvas');
    await olga.press('l');
    await olga.comesTo('[role="listbox"]');
    const rows = page.locator(testId('in-view'));
    await rows.first().waitFor();
    expect(await page.locator(testId('view-counts')).innerText()).toMatch(
      /^[1-9]\d* with alarms, .* [1-9]\d* sensors in all/,
    );
    const severities = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-severity'))));
    expect(severities).toEqual([...severities].sort((a, b) => b - a));
    expect(await olga.unseen()).toBeUndefined();
    await picture(page, 'keyboard-in-view-dark-en');
    // Keys that act on an alarm act on none from here.
    await olga.press('End', 'Home', 's');
    expect(await page.locator(testId('hold-dialog')).count()).toBe(0);
    await olga.press('Enter');
    const sel = await rows.first().getAttribute('data-sel');
    await olga.comesTo(`${DRAWER}[data-shows="${sel}"]`);
    await olga.press('Escape');
    await olga.comesTo('[role="listbox"]');
    await olga.press('Escape');
    await page.locator(testId('view-list')).waitFor({ state: 'detached' });
    await olga.comesTo('canvas');
    // By its button too, and back to it.
    await olga.tabTo(testId('open-view-list'));
    await olga.press('Enter');
    await olga.comesTo('[role="listbox"]');
    await olga.press('Escape');
    await olga.comesTo(testId('open-view-list'));
    const before = Number(addressOf('lat'));
    await olga.tabTo(testId('minimap'));
    expect(await olga.unseen()).toBeUndefined();
    await olga.press('ArrowUp');
    await eventually(
      () => Promise.resolve(Number(addressOf('lat'))),
      (lat) => lat > before,
    );
    await page.locator(`${testId('map')} canvas[aria-label^="Map of the city."]`).waitFor();
    await olga.press('Escape');
    await olga.comesTo(LIST);
  });

  it('finds by a name and by an id', async () => {
    for (const [text, id] of [
      ['regulator', 'regulator-1'],
      ['gas-1/w', 'gas-1/w'],
    ] as const) {
      await olga.press('/');
      await olga.comesTo(testId('sensor-search'));
      await olga.type(text);
      await page.getByRole('option').first().filter({ hasText: id }).waitFor();
      await olga.press('ArrowDown', 'Enter');

      await olga.comesTo(`${DRAWER}[data-shows="${id}"]`);
      // A key that acts must act on what is shown now, if on anything.
      await standsOn(id === 'gas-1/w' ? raised.w.alarmId : undefined);
      await olga.press('Escape');
      await olga.comesTo(LIST);
    }
    await olga.press('/');
    await olga.comesTo(testId('sensor-search'));
    await olga.press('Escape');
    await olga.comesTo(LIST);
  });

  it('is shown the keys', async () => {
    await olga.press('?');
    await page.getByRole('dialog').getByText('next, previous line').waitFor();
    await olga.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await olga.comesTo(LIST);
  });

  it('turns the keys of one sign off and on again', async () => {
    await olga.press('?');
    await page.locator(testId('letter-keys')).waitFor();
    await olga.tabTo(testId('letter-keys'));
    await olga.press('Space');
    await olga.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await olga.comesTo(LIST);
    await olga.press('/');
    await olga.press('?');
    await olga.comesTo(LIST);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await olga.tabTo(testId('show-keys'), 'Shift+Tab');
    await olga.press('Enter');
    await page.locator(testId('letter-keys')).waitFor();
    await olga.tabTo(testId('letter-keys'));
    await olga.press('Space');
    await olga.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await olga.press('/');
    await olga.comesTo(testId('sensor-search'));
    await olga.press('Escape');
  });

  it('changes the page by the rail, and comes back', async () => {
    await olga.tabTo(testId('nav-alarms'), 'Shift+Tab');
    await olga.press('Enter');
    await page.locator(testId('alarm-row')).first().waitFor();
    await olga.tabTo(testId('nav-overview'), 'Shift+Tab');
    await olga.press('Enter');
    await page.locator(testId('alarm-list')).waitFor();
    await olga.press('j');
    await olga.comesTo(LIST);
  });

  it('chooses the language and the theme', async () => {
    await olga.tabTo(testId('user-menu'), 'Shift+Tab');
    await olga.press('Enter');
    await page.locator(testId('language')).waitFor();
    await olga.tabTo(`${testId('language')} input`);
    expect(await olga.unseen()).toBeUndefined();
    await olga.press('ArrowRight');
    await page.locator('html[lang="zh-CN"]').waitFor();
    await olga.press('ArrowLeft');
    await page.locator('html[lang="en"]').waitFor();
    await page.locator(testId('theme')).waitFor();
    await olga.tabTo(`${testId('theme')} input`);
    await olga.press('ArrowLeft');
    await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
    await picture(page, 'keyboard-menu-light-en');
    await olga.press('ArrowRight');
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await olga.press('Escape');
    await olga.comesTo(testId('user-menu'));
  });

  it('turns the sound on and mutes it', async () => {
    await olga.tabTo(testId('sound'), 'Shift+Tab');
    await olga.press('Enter');
    await olga.comesTo(testId('sound-on'));
    await olga.press('Enter');
    await olga.tabTo(testId('mute-15'));
    await olga.press('Enter');
    await page.locator(`${testId('sound')}[data-state="muted"]`).waitFor();
    await olga.press('Escape');
    await page.locator(testId('sound-menu')).waitFor({ state: 'detached' });
    await olga.comesTo(testId('sound'));
  });

  it('sees where the focus is at every stop of the page', async () => {
    await olga.press('j', 'Enter');
    await olga.comesTo(DRAWER);
    const unseen: string[] = [];
    await olga.tabTo(testId('user-menu'), 'Shift+Tab');
    const first = await olga.where();
    let stops = 0;
    for (; stops < 120; stops++) {
      await olga.press('Tab');
      const where = await olga.where();
      if (where === first) break;
      const why = where === 'body' ? undefined : await olga.unseen();
      if (why !== undefined) unseen.push(`${where}: ${why}`);
    }
    expect(unseen).toEqual([]);
    expect(stops).toBeGreaterThan(40);
    expect(stops).toBeLessThan(120);
  });

  it('logs out, and is at the login', async () => {
    await olga.tabTo(testId('user-menu'), 'Shift+Tab');
    await olga.press('Enter');
    await olga.comesTo('[role="menu"] *');
    await olga.press('ArrowDown');
    await olga.comesTo(testId('log-out'));
    await olga.press('Enter');
    await olga.comesTo(testId('username'));
  });

  it('edits a definition as an engineer', async () => {
    await olga.type('emil');
    await olga.press('Tab');
    await olga.type(PASSWORD);
    await olga.press('Enter');
    await page.locator(testId('alarm-list')).waitFor();
    await olga.tabTo(testId('nav-definitions'), 'Shift+Tab');
    await olga.press('Enter');
    await page.locator(testId('definition-line')).first().waitFor();
    await olga.press('/');
    await olga.type('P_MID low');
    await olga.tabTo('[data-definition-id^="P_MID.limit.low"]');
    await olga.press('Enter');
    await olga.tabTo(testId('edit-definition'));
    await olga.press('Enter');
    await olga.tabTo(testId('field-note'));
    await olga.type('without a mouse');
    await olga.tabTo(testId('field-latches'), 'Shift+Tab');
    await olga.press('Space');
    await olga.tabTo(testId('save-definition'));
    await olga.press('Enter');
    await page.locator(`${testId('definition')}[data-version="2"]`).waitFor();
  });

  it('has sent no event of a pointer all the while, and the page complains of nothing', async () => {
    expect(await olga.pointed()).toEqual([]);
    expect(complaints.filter((line) => !/401|\/map\//.test(line))).toEqual([]);
  });
});
