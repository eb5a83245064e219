import { rmSync } from 'node:fs';
import { startBrowser } from '../browser/chromium.js';
import { temporaryFolder } from '../servers/process.js';
import { bundleMeasurePage, measureRival, type MeasuredRival } from './map/measure-page.js';
import { startProvince } from './map/province-gateway.js';

/**
 * The product's own map with all sensors of a province (163,000) while 5,000 of them change a second, beside the same data in plain
 * MapLibre: every sensor a GeoJSON point, and `setData` with every batch. In real Chromium, whose WebGL is drawn by software where the
 * machine has no graphics card. `ours` draws the networks (144,000 km of pipe) too, `oursBare` as little as the others.
 */
const SENSORS = 163_000;

export async function run(_options: { readonly data?: string } = {}): Promise<{
  bench: 'map';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const folder = temporaryFolder('map-bench');
  await bundleMeasurePage(folder);
  const { gateway, showNetworks } = await startProvince(SENSORS, { pageFolder: folder });
  const browser = await startBrowser();
  try {
    const measured = async (name: string) => {
      const rival = await measureRival(browser, gateway.url, name);
      console.error(name, JSON.stringify(figuresOf(rival)), JSON.stringify(perZoomOf(rival)));
      return figuresOf(rival);
    };
    // The gateway makes its columns once: whoever asks first should not pay for all.
    await measureRival(browser, gateway.url, 'ours');
    showNetworks(true);
    const ours = await measured('ours');
    showNetworks(false);
    const bare = await measured('ours');
    const baseline = await measured('geojson');
    const others = {
      clustered: await measured('clustered'),
      featureState: await measured('featureState'),
    };
    return {
      bench: 'map',
      figures: {
        sensors: SENSORS,
        ...ours,
        ...renamed('oursBare', bare),
        ...renamed('clusteredGeojson', others.clustered),
        ...renamed('featureState', others.featureState),
      },
      baseline,
      ratio: Object.fromEntries(
        Object.entries(baseline).map(([key, value]) => [key, round3((ours[key] ?? Number.NaN) / value)]),
      ),
    };
  } finally {
    await browser.close();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf({ usableMs, usableCpuMs, frameCpuMs, perZoom, heapMb }: MeasuredRival): Record<string, number> {
  const frames = perZoom.flatMap((zoom) => zoom.frames);
  return {
    usableMs: Math.round(usableMs),
    usableCpuMs: Math.round(usableCpuMs),
    frameCpuMs: round3(frameCpuMs),
    frameP50Ms: round3(quantile(frames, 0.5)),
    frameP95Ms: round3(quantile(frames, 0.95)),
    longestFrameMs: round3(Math.max(...frames)),
    heapMb: round3(heapMb),
  };
}

function perZoomOf({ perZoom, batches }: MeasuredRival): Record<string, unknown> {
  const byZoom = perZoom.map(({ zoom, frames }) => [
    `z${zoom}`,
    `${frames.length} frames, p50 ${Math.round(quantile(frames, 0.5))}, p95 ${Math.round(quantile(frames, 0.95))}`,
  ]);
  return { ...Object.fromEntries(byZoom), batches };
}

function renamed(prefix: string, figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [`${prefix}${key[0]!.toUpperCase()}${key.slice(1)}`, value]),
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
