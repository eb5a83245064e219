import { chromium, type Browser, type Page } from 'playwright-core';
import { requireProgram } from '../servers/process.js';
import { ADMIN_PASSWORD } from '../product/lifeline-process.js';

/** Real Chromium, with WebGL in software: the map must draw. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireProgram('chromium', 'chromium', 'chromium-browser', 'google-chrome'),
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export async function logIn(page: Page, url: string, username = 'admin', password = ADMIN_PASSWORD): Promise<void> {
  await page.goto(url);
  await page.getByTestId('username').fill(username);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('submit').click();
  await page.getByTestId('map').waitFor();
}

/** What the page complains of: errors in its console and calls that failed. Must stay empty. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
