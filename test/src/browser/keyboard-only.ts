import type { Page } from 'playwright-core';
import { eventually } from '../product/api.js';

/** What a pointer would send; a click that a key makes sends none of them. */
const POINTER_EVENTS = ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart'];

/** A crowded machine takes so long to draw what a key did. */
const SETTLED_WITHIN_MS = 5_000;

/** A person at a page who has no pointer: each key must leave the focus somewhere, where it can be seen. */
export class KeyboardPerson {
  private constructor(readonly page: Page) {}

  /** To be called before the page is opened. */
  static async at(page: Page): Promise<KeyboardPerson> {
    await page.addInitScript(
      `window.pointed = []; for (const type of ${JSON.stringify(POINTER_EVENTS)})
        window.addEventListener(type, ({ isTrusted }) => isTrusted && window.pointed.push(type), { capture: true, passive: true });`,
    );
    return new KeyboardPerson(page);
  }

  /** Events of a pointer that the page has had since it was opened. */
  pointed(): Promise<string[]> {
    return this.page.evaluate<string[]>('window.pointed');
  }

  /** Presses keys one after the other, each where the one before has led. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      // After the last stop of a page comes the browser's own.
      if (key.endsWith('Tab')) continue;
      const isSomewhere = 'document.activeElement !== null && document.activeElement !== document.body';
      await eventually(() => this.page.evaluate<boolean>(isSomewhere), Boolean, SETTLED_WITHIN_MS).catch(() => {
        throw new Error(`The focus is lost after the key "${key}".`);
      });
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Presses Tab, or Shift and Tab, until what a selector names has the focus. */
  async tabTo(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 90) {
      if (await this.isOn(selector)) return;
      passed.push(await this.where());
      await this.press(key);
    }
    throw new Error(`"${selector}" is not among the first 90 stops:\n${passed.join('\n')}`);
  }

  isOn(selector: string): Promise<boolean> {
    return this.page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
  }

  /** Waits until what a selector names has the focus. */
  async comesTo(selector: string): Promise<void> {
    await eventually(() => this.isOn(selector), Boolean, 2 * SETTLED_WITHIN_MS).catch(async () => {
      throw new Error(`The focus is on ${await this.where()} and not on "${selector}".`);
    });
  }

  /** What has the focus, as a person who reads a failure wants it named. */
  where(): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const { tagName, id, dataset, className } = document.activeElement;
      return [tagName.toLowerCase(), id && '#' + id, dataset.testid, className].filter(Boolean).join(' ');
    })()`);
  }

  /** Why the focus cannot be seen where it is; undefined where it can: it has a ring, on itself or by a neighbour, and nothing lies over it. */
  unseen(): Promise<string | undefined> {
    return this.page.evaluate<string | undefined>(UNSEEN);
  }
}

const UNSEEN = `(() => {
  const element = document.activeElement;
  const hasRing = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  };
  const isField = element.matches('input:not([type="radio"], [type="checkbox"]), textarea, select');
  // The list hands its ring to the line it is on; a switch hides its input behind its label; a field thickens its border.
  const rings = [element, element.parentElement, element.nextElementSibling, ...element.querySelectorAll('[aria-selected="true"]')];
  if (!isField && !rings.some((one) => one && hasRing(one))) return 'no ring';
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + Math.min(height, innerHeight) / 2];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'out of view';
  const over = document.elementFromPoint(x, y);
  const label = element.closest('label') ?? element.nextElementSibling;
  const isClear = over && (element.contains(over) || over.contains(element) || label?.contains(over));
  return isClear ? undefined : 'covered by ' + over?.className;
})()`;
