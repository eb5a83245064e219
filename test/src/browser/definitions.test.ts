import { alarmDefinitionSchema, type AlarmDefinition, type AlarmDefinitionContent } from '@lifeline/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway } from '../gateway/running-gateway.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, startPage } from './page-over-gateway.js';

/** The master alarm database, read by an operator and edited by two engineers at once. */

const ID = 'P_MID.limit.low';

describe('the alarm definitions', () => {
  let gateway: RunningGateway;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    page = await desk('emil');
    complaints = watchComplaints(page);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  async function desk(username: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(15_000);
    const opened = await context.newPage();
    await logIn(opened, gateway.url, username, PASSWORD);
    await opened.getByTestId('nav-definitions').click();
    await lineOf(opened, ID).waitFor();
    return opened;
  }

  const lineOf = (on: Page, definitionId: string): Locator =>
    on.locator(`[data-testid="definition-line"][data-definition-id="${definitionId}"]`);
  const shownVersion = (on: Page, version: number): Promise<void> =>
    on.locator(`[data-testid="definition"][data-version="${version}"]`).waitFor();
  const idsShown = (on: Page): Promise<(string | null)[]> =>
    on
      .getByTestId('definition-line')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-definition-id')));

  async function newest(definitionId = ID): Promise<AlarmDefinition> {
    const [definition] = await gateway.ports.records.definitions.versions(definitionId);
    return alarmDefinitionSchema.parse(definition);
  }

  /** What another engineer saves from elsewhere. */
  async function saveElsewhere(over: Partial<AlarmDefinitionContent>, note: string): Promise<void> {
    const { definitionId, version: expectedVersion, ...rest } = await newest();
    const { editedBy: _by, editedAtMs: _at, note: _note, priority: _p, ...content } = rest;
    const edit = { definitionId, expectedVersion, note, editedBy: 'ada', content: { ...content, ...over } };
    await gateway.ports.records.definitions.put(edit, gateway.ports.clock.nowMs());
  }

  it('are found by words, lifeline and priority, all of it kept in the address', async () => {
    await page.getByTestId('definitions-search').fill('methane manhole');
    await lineOf(page, ID).waitFor({ state: 'detached' });
    expect(await idsShown(page)).toContain('CH4_MH.limit.high');
    expect(page.url()).toContain('methane');
    await page.getByTestId('definitions-search').fill('');
    await page.getByTestId('definitions-priority').click();
    await page.getByRole('option', { name: '2 Orange' }).click();
    await lineOf(page, 'stale').waitFor({ state: 'detached' });
    await page.reload();
    await lineOf(page, 'CH4_MH.limit.high-high').waitFor();
    expect(await lineOf(page, 'stale').count()).toBe(0);
    await page.getByTestId('definitions-search').fill('nothing of the kind');
    await page.getByTestId('definitions-empty').waitFor();
    await page.getByTestId('clear-filters').click();
    await lineOf(page, 'stale').waitFor();
  });

  it('are walked by the keyboard, and the open one says why it has its priority, in both languages', async () => {
    await lineOf(page, ID).focus();
    await page.keyboard.press('Enter');
    await shownVersion(page, 1);
    await page.keyboard.press('Enter');
    await page.locator('#definition-title:focus').waitFor();
    const shipped = await newest();
    const text = await page.getByTestId('definition').innerText();
    for (const part of [shipped.cause.en, shipped.cause.zh, shipped.procedure[0]!.en, shipped.owner.zh])
      expect(text).toContain(part);
    expect(await page.getByTestId('matrix-says').innerText()).toContain(`${shipped.minutesToRespond} min`);
    expect(await page.getByTestId('matrix-here').getByRole('img').getAttribute('aria-label')).toContain(
      shipped.priority,
    );
    expect(await page.getByTestId('usual-limits').innerText()).toMatch(/deadband/);
    await picture(page, 'definitions');
    await lineOf(page, ID).focus();
    const ids = await idsShown(page);
    await page.keyboard.press('j');
    const next = ids[ids.indexOf(ID) + 1]!;
    await page.locator(`[data-definition-id="${next}"]:focus`).waitFor();
    await page.keyboard.press('k');
    await page.locator(`[data-definition-id="${ID}"]:focus`).waitFor();
    await shownVersion(page, 1);
  });

  it('take an edit only once every field is right, with what is wrong beside the field', async () => {
    const shipped = await newest();
    await page.getByTestId('edit-definition').click();
    await page.getByTestId('field-minutesToRespond').fill('soon');
    await page.getByTestId('field-title.zh').fill('');
    await page.getByTestId('save-definition').click();
    const field = (name: string): Locator => page.locator(`.mantine-InputWrapper-root:has([name="${name}"])`);
    await field('minutesToRespond').getByText('Give a number.').waitFor();
    await field('title.zh').getByText('Fill this in.').waitFor();
    await field('note').getByText('Fill this in.').waitFor();
    await picture(page, 'definitions-wrong');
    expect((await newest()).version).toBe(1);

    await page.getByTestId('field-minutesToRespond').fill('10');
    await page.getByTestId('field-consequenceClass').selectOption('people');
    expect(await page.getByTestId('matrix-says').innerText()).toContain('priority 1, red');
    await page.getByTestId('field-title.zh').fill(shipped.title.zh);
    await page.getByTestId('add-step').click();
    await page.getByTestId(`field-procedure.${shipped.procedure.length}.en`).fill('Tell the hospital.');
    await page.getByTestId(`field-procedure.${shipped.procedure.length}.zh`).fill('通知医院。');
    await page.getByTestId('field-note').fill('after the drill');
    await page.getByTestId('save-definition').click();
    await shownVersion(page, 2);
    expect(await newest()).toMatchObject({ version: 2, editedBy: 'emil', note: 'after the drill', priority: 'red' });
    const versions = page.getByTestId('versions').locator('[data-version="2"]');
    const changes = await versions.innerText();
    for (const part of ['emil', 'after the drill', 'Tell the hospital.', '通知医院。', '10 min'])
      expect(changes).toContain(part);
    await picture(page, 'definitions-versions');
  });

  it('are taken back by undo, and an older version is looked at and restored', async () => {
    await page.getByTestId('undo').click();
    await shownVersion(page, 3);
    const [third, second, first] = await gateway.ports.records.definitions.versions(ID);
    expect(third).toMatchObject({ minutesToRespond: first!.minutesToRespond, procedure: first!.procedure });

    await page.getByTestId('show-version-2').click();
    await page.getByTestId('older-version').waitFor();
    await shownVersion(page, 2);
    expect(page.url()).toContain('version=2');
    await page.getByTestId('restore-2').click();
    await shownVersion(page, 4);
    expect(await newest()).toMatchObject({ procedure: second!.procedure, priority: 'red', editedBy: 'emil' });
  });

  it('refuse an edit that another was quicker with, say what the other changed, and let both stand', async () => {
    await page.getByTestId('edit-definition').click();
    await page.getByTestId('field-minutesToRespond').fill('14');
    await page.getByTestId('field-note').fill('fourteen is enough');
    await saveElsewhere({ owner: { en: 'Night depot', zh: '夜班站' }, minutesToRespond: 20 }, 'the depot moved');
    await page.getByTestId('save-definition').click();
    const conflict = page.getByTestId('conflict');
    await conflict.waitFor();
    const text = await conflict.innerText();
    for (const part of ['ada', 'version 5', 'the depot moved', 'Night depot', '20 min']) expect(text).toContain(part);
    expect((await newest()).version).toBe(5);
    await picture(page, 'definitions-conflict');

    await page.getByTestId('keep-mine').click();
    expect(await page.getByTestId('put-upon').innerText()).toContain('Time to respond');
    await page.getByTestId('save-definition').click();
    await shownVersion(page, 6);
    expect(await newest()).toMatchObject({
      ...{ version: 6, minutesToRespond: 14, owner: { en: 'Night depot' }, note: 'fourteen is enough' },
    });
  });

  it('ask before an unsaved edit is left', async () => {
    await page.getByTestId('edit-definition').click();
    await page.getByTestId('field-note').fill('half a thought');
    await page.getByTestId('cancel-edit').click();
    await page.getByTestId('stay').click();
    expect(await page.getByTestId('field-note').inputValue()).toBe('half a thought');
    await page.getByTestId('nav-alarms').click();
    await page.getByTestId('leave').click();
    await page.getByTestId('alarms-page').waitFor();
    expect(complaints.filter((line) => !/401|409|\/map\//.test(line))).toEqual([]);
  });

  it('are read by an operator, who is told who may edit them, and told what failed', async () => {
    const olga = await desk('olga');
    await lineOf(olga, ID).click();
    await shownVersion(olga, 6);
    expect(await olga.getByTestId('may-not-edit').innerText()).toContain('administrator');
    expect(await olga.getByTestId('edit-definition').count()).toBe(0);
    expect(await olga.getByTestId('restore-1').count()).toBe(0);
    await olga.goto(`${gateway.url}/definitions?def=${ID}&edit=true`);
    await olga.getByTestId('may-not-edit').waitFor();
    await olga.goto(`${gateway.url}/definitions?def=limit.low-low`);
    await olga.getByText('There is no definition limit.low-low').waitFor();

    const calls = '**/api/v1/alarm-definitions';
    await olga.route(calls, (route) => route.abort());
    await olga.goto(`${gateway.url}/definitions`);
    await olga.getByTestId('failed').waitFor();
    await olga.unroute(calls);
    await olga.getByTestId('failed').getByRole('button').click();
    await lineOf(olga, ID).waitFor();
  });
});
