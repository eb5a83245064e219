import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { PASSWORD, RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { workspaceRoot } from '../product/lifeline-process.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';

describe('what to do about an alarm', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const alarmId = 'mh-1.ch4.limit.1';

  beforeAll(async () => {
    const pageFolder = join(workspaceRoot, 'apps/control-room/dist');
    [gateway, browser] = await Promise.all([
      RunningGateway.start({ pageFolder }, async ({ records, registry, clock }) => {
        const sensors = [aSensor('ch4', { type: 'CH4_MH', unit: '%{vol}' })];
        await records.registry.putDevices([aDevice('mh-1', { sensors })], clock.nowMs());
        await registry.reload();
      }),
      startBrowser(),
    ]);
    stopDesk = runDesk(gateway.ports);
    const raisedAtMs = gateway.ports.clock.nowMs() - 60_000;
    await gateway.appendTransitions(aTransition(alarmId, { raisedAtMs, atMs: raisedAtMs, sensorId: 'mh-1/ch4' }));
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
    await page.locator(`[data-testid="alarm-line"][data-alarm-id="${alarmId}"]`).click();
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  it('is shown as a sentence and steps, which are ticked with who ticked them, by the keyboard too', async () => {
    const procedure = page.getByTestId('what-to-do');
    await procedure.getByText('Send the crew and keep ignition away from the manhole.').waitFor();
    await procedure.getByText('0 of 6 done').waitFor();
    await procedure.getByTestId('step-1').focus();
    await page.keyboard.press('Space');
    await procedure.getByText('1 of 6 done').waitFor();
    await procedure.getByText(/^olga, /).waitFor();
    const ticks = await gateway.ports.records.definitions.ticks(alarmId);
    expect(ticks).toMatchObject([{ step: 1, done: true, actor: 'olga', definitionId: 'CH4_MH.limit.high' }]);

    await procedure.getByTestId('step-1').click();
    await procedure.getByText('0 of 6 done').waitFor();
  });

  it("shows another desk's tick at once, before it would ask again", async () => {
    const procedure = page.getByTestId('what-to-do');
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1000);
    const token = await gateway.login('ada');
    await gateway.send('POST', `/alarms/${alarmId}/steps/3`, { token, body: { done: true } });
    // By the page's clock a twentieth of a second goes by with each look: it is shown long before the ten of the next asking.
    let looks = 0;
    await eventually(
      async () => {
        await page.clock.runFor(50);
        looks++;
        return procedure.getByText(/^ada, /).count();
      },
      (count) => count === 1,
    );
    expect(looks * 50).toBeLessThan(9_000);
    await page.clock.resume();
  });

  it('tells cause and consequence where they are asked for', async () => {
    const procedure = page.getByTestId('what-to-do');
    const cause = procedure.getByText('A leaking gas pipe nearby, or sewer gas.');
    expect(await cause.isVisible()).toBe(false);
    await procedure.getByText('Cause and consequence').click();
    await cause.waitFor({ state: 'visible' });
    expect(complaints.filter((line) => !line.includes('401') && !line.includes('/map/'))).toEqual([]);
  });
});
