import type { AlarmTransition } from '@lifeline/contracts';
import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { eventually } from '../product/api.js';
import { logIn, startBrowser, watchComplaints } from './chromium.js';
import { picture, raiseOf, startPage } from './page-over-gateway.js';

/** What is heard and said, by a loudspeaker and a voice that write down what they are given; the page's clock is moved. */

/** Stands in for the browser's own: it, too, gives leave to sound only once it is asked in the course of a gesture. */
const RECORDERS = `
  window.heard = []; window.said = [];
  let acted = false;
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, () => (acted = true), true);
  class Node { connect(to) { return to; } }
  class Param { setValueAtTime() {} linearRampToValueAtTime() {} value = 0; }
  window.AudioContext = class extends EventTarget {
    state = 'suspended'; currentTime = 0; destination = new Node();
    async resume() {
      if (this.state === 'running' || !acted) return;
      this.state = 'running';
      this.dispatchEvent(new Event('statechange'));
    }
    createGain() { return Object.assign(new Node(), { gain: new Param() }); }
    createOscillator() {
      return Object.assign(new Node(), { frequency: new Param(), start: () => window.heard.push(1), stop() {} });
    }
  };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, 'speechSynthesis', {
    value: { cancel() {}, speak: ({ text, lang }) => window.said.push(lang + ' ' + text) },
  });
`;

describe('the sound of alarms', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startPage(), startBrowser()]);
    stopDesk = runDesk(gateway.ports);
    await gateway.appendTransitions(raiseOf(gateway, 'p', 60_000, { priority: 'red' }));
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(RECORDERS);
    page = await context.newPage();
    await page.clock.install();
    complaints = watchComplaints(page);
    await logIn(page, gateway.url, 'olga', PASSWORD);
    await lines(1);
  });
  afterAll(async () => {
    await browser?.close();
    await stopDesk?.();
    await gateway?.stop();
  });

  const lines = (count: number): Promise<unknown> =>
    eventually(
      () => page.getByTestId('alarm-line').count(),
      (shown) => shown === count,
    );
  /** Pulses heard since the last look. */
  const pulses = (): Promise<number> => page.evaluate('window.heard.splice(0).length');
  const heardPulses = (count: number): Promise<unknown> =>
    eventually(
      () => page.evaluate<number>('window.heard.length'),
      (heard) => heard === count,
    );
  const said = (): Promise<string[]> => page.evaluate('window.said.splice(0)');
  const sound = (state: string): Promise<void> =>
    page.locator(`[data-testid="sound"][data-state="${state}"]`).waitFor();
  async function raise(channel: string, over: Partial<AlarmTransition>): Promise<AlarmTransition> {
    const alarm = raiseOf(gateway, channel, 1000, over);
    await gateway.appendTransitions(alarm);
    await page.locator(`[data-testid="alarm-line"][data-alarm-id="${alarm.alarmId}"]`).waitFor();
    return alarm;
  }

  it('is off until the operator turns it on, which is asked for plainly', async () => {
    await raise('q', { priority: 'orange' });
    await sound('off');
    expect(await pulses()).toBe(0);
    await page.getByTestId('sound').click();
    expect(await page.getByTestId('sound-menu').innerText()).toContain('lets no page sound until you allow it');
    await page.getByTestId('sound-on').click();
    await sound('on');
    await page.getByTestId('try-red').click();
    await heardPulses(10);
    await pulses();
    await picture(page, 'sound');
    await page.getByTestId('speech').click();
    await page.keyboard.press('Escape');
    await page.getByTestId('sound-menu').waitFor({ state: 'hidden' });
    await page.locator('[data-testid="sound"]:focus').waitFor();
  });

  it('sounds a new alarm by its priority, and says what and where', async () => {
    await raise('t', { priority: 'yellow' });
    await heardPulses(2);
    await pulses();
    await page.clock.runFor(4000);
    const [sentence] = await said();
    expect(sentence).toMatch(/^en-GB Priority 3\. .*Regulator one/);
    expect(sentence).toContain('Sensor t');
  });

  it('counts what waits in the title and in the picture of the tab', async () => {
    await eventually(
      () => page.title(),
      (title) => title.startsWith('(3) '),
    );
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toContain(encodeURIComponent('>3</text>'));
  });

  it('makes one sound of several, the worst, and says how many', async () => {
    const [first, ...others] = (['blue', 'yellow', 'orange', 'blue'] as const).map((priority, i) =>
      raiseOf(gateway, 'u', 5000 + i, { priority }),
    );
    await gateway.appendTransitions(first!);
    await heardPulses(1);
    await gateway.appendTransitions(...others);
    await lines(7);
    expect(await pulses()).toBe(1);
    await page.clock.runFor(4000);
    await heardPulses(3);
    await pulses();
    await page.clock.runFor(4000);
    expect((await said()).at(-1)).toMatch(/^en-GB 3 new alarms\. The worst: Priority 2\./);
  });

  it('is muted for five minutes that are counted down, but for a priority 1 alarm, and comes back by itself', async () => {
    await page.getByTestId('sound').click();
    await page.getByTestId('mute-5').click();
    await page.keyboard.press('Escape');
    await sound('muted');
    expect(await page.getByTestId('sound').innerText()).toMatch(/Muted [45]:\d\d/);
    await raise('v', { priority: 'orange' });
    expect(await pulses()).toBe(0);
    await raise('w', { priority: 'red' });
    await page.clock.runFor(4000);
    await heardPulses(10);
    await pulses();
    await page.clock.fastForward(5 * 60_000);
    await sound('on');
    await page.clock.runFor(4000);
    await heardPulses(3);
    await pulses();
  });

  it('is kept in the browser: a new window waits for the first key, as browsers want it, and speaks Chinese', async () => {
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language').getByText('中文').click();
    const before = page;
    page = await page.context().newPage();
    // After the mute's end, as the first window's clock has it.
    await page.clock.install({ time: Date.now() + 3_600_000 });
    await page.goto(gateway.url);
    await lines(9);
    await sound('asks');
    await page.keyboard.press('j');
    await sound('on');
    await before.close();
    await page.locator('[data-testid="sound"][data-turn="ours"]').waitFor();
    await raise('p', { priority: 'yellow' });
    await page.clock.runFor(4000);
    await heardPulses(2);
    expect((await said()).at(-1)).toMatch(/^zh-CN 三级报警。.*一号调压站/);
    expect(complaints.filter((line) => !/401|\/map\//.test(line))).toEqual([]);
  });
});
