import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { workspaceRoot } from '../product/lifeline-process.js';

/** What stands in a path for the parameters of the page's router. A route with another one must get an example here. */
const EXAMPLES: Readonly<Record<string, string>> = { deviceId: 'gas-1' };

/** Every path of the page's router, so that a new page is tested without a word more. */
export function everyPath(): string[] {
  const router = readFileSync(join(workspaceRoot, 'apps/control-room/src/pages/router.tsx'), 'utf8');
  const paths = [...router.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) =>
    path!.replace(/\$(\w+)/g, (_, name: string) => {
      const example = EXAMPLES[name];
      if (example === undefined)
        throw new Error(`Give the parameter "${name}" of ${path} an example in every-page.ts.`);
      return example;
    }),
  );
  if (paths.length < 8) throw new Error('The paths of the router are not found: has its form changed?');
  return paths;
}

/** Goes to a path within the page, and waits until nothing on it is still being read. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(`window.history.pushState({}, '', ${JSON.stringify(path)})`);
  await page.locator(`main:not(:has([aria-busy="true"]))`).waitFor();
}
