import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { API_ROOT } from '@lifeline/contracts';
import { PASSWORD } from '../../gateway/running-gateway.js';
import { workspaceRoot } from '../../product/lifeline-process.js';

/** What the measured page answers (`apps/control-room/src/map/measure/main.ts`). */
interface MeasuredPage {
  openMap(name: string): Promise<{ readonly usableMs: number }>;
  panMap(): Promise<Panned>;
}

interface Panned {
  readonly perZoom: readonly { readonly zoom: number; readonly frames: readonly number[] }[];
  readonly batches: number;
}

export interface MeasuredRival extends Panned {
  readonly usableMs: number;
  /** Processor time of the whole browser until the map was usable, and then a frame: what a crowded machine does not blur. */
  readonly usableCpuMs: number;
  readonly frameCpuMs: number;
  readonly heapMb: number;
}

/** Bundles the page that holds the product's map and its rivals, as the product is bundled. */
export async function bundleMeasurePage(outDir: string): Promise<void> {
  const page = join(workspaceRoot, 'apps', 'control-room');
  const vite = join(dirname(createRequire(join(page, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  const root = join(page, 'src', 'map', 'measure');
  const given = ['build', root, '--config', join(page, 'vite.config.ts'), '--outDir', outDir, '--logLevel', 'warn'];
  const child = spawn(process.execPath, [vite, ...given], {
    cwd: page,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the page to be measured could not be bundled: vite ended with ${code}`);
}

/** One rival in a browser context of its own, logged in. */
export async function measureRival(browser: Browser, url: string, name: string): Promise<MeasuredRival> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const answer = await context.request.post(`${url}${API_ROOT}/session`, {
    data: { username: 'olga', password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`the login for the measured page was refused: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(url);
  const processes = await browser.newBrowserCDPSession();
  const cpuMs = async (): Promise<number> => {
    const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  };
  const atStart = await cpuMs();
  const { usableMs } = await page.evaluate((rival) => (globalThis as unknown as MeasuredPage).openMap(rival), name);
  const atUsable = await cpuMs();
  const panned = await page.evaluate(() => (globalThis as unknown as MeasuredPage).panMap());
  const atEnd = await cpuMs();
  const frames = panned.perZoom.reduce((sum, zoom) => sum + zoom.frames.length, 0);
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await processes.detach();
  await context.close();
  return {
    ...panned,
    usableMs,
    usableCpuMs: atUsable - atStart,
    frameCpuMs: (atEnd - atUsable) / frames,
    heapMb: usedSize / 1e6,
  };
}
