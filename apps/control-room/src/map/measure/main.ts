import { decodeMapSensors, type MapSensors } from '@lifeline/contracts';
import { ours } from './ours.js';
import { clustered, featureState, geojson } from './plain.js';
import type { Batch, MakeRival, Rival } from './rival.js';
import { START } from './scene.js';

/**
 * The page that the benchmark `map` drives: the product's map, or a rival, with all sensors of a province. Not part of the product;
 * the benchmark bundles it.
 */

const BATCHES_A_SECOND = 4;
const CHANGES_A_SECOND = 5_000;
/** Share of new readings that bring another state along. */
const STATE_CHANGES = 0.05;
/** Zooms at which the map is moved: the city and what is around it, a part of the city, and streets. */
const ZOOMS = [9, 11, 13, 15];
const FRAMES_A_ZOOM = 90;
const LONGEST_A_ZOOM_MS = 12_000;
/** Pixels a frame: a brisk drag. */
const STEP_PX = 9;

export interface Opened {
  readonly usableMs: number;
}

export interface Panned {
  readonly perZoom: readonly { readonly zoom: number; readonly frames: readonly number[] }[];
  readonly batches: number;
}

const RIVALS: Readonly<Record<string, MakeRival>> = { ours, geojson, clustered, featureState };

let open: { readonly rival: Rival; readonly sensors: MapSensors } | undefined;

async function opened(make: MakeRival): Promise<Opened> {
  const startedMs = performance.now();
  const sensors = decodeMapSensors(await (await fetch('/map/sensors.bin')).arrayBuffer());
  const rival = make(document.getElementById('map')!, sensors);
  await rival.ready;
  open = { rival, sensors };
  return { usableMs: performance.now() - startedMs };
}

async function pannedAtAllZooms(): Promise<Panned> {
  if (open === undefined) throw new Error('no map is open yet');
  const { rival, sensors } = open;
  const feed = feeding(rival, sensors);
  const perZoom: { zoom: number; frames: number[] }[] = [];
  for (const zoom of ZOOMS) {
    rival.map.jumpTo({ center: [START.lng, START.lat], zoom });
    await settled(rival);
    perZoom.push({ zoom, frames: await panned(rival) });
  }
  return { perZoom, batches: feed.stop() };
}

/** Waits until the map has drawn where it was sent, at most three seconds: under a flood it may never come to rest. */
function settled({ map }: Rival): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 3000);
    map.once('idle', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Drags the map in a circle, and notes how long each frame took. */
async function panned({ map }: Rival): Promise<number[]> {
  const frames: number[] = [];
  const fromMs = performance.now();
  let lastMs = await nextFrame();
  for (let i = 0; i < FRAMES_A_ZOOM && performance.now() - fromMs < LONGEST_A_ZOOM_MS; i++) {
    const heading = (i / FRAMES_A_ZOOM) * 2 * Math.PI;
    map.panBy([Math.cos(heading) * STEP_PX, Math.sin(heading) * STEP_PX], { duration: 0 });
    const nowMs = await nextFrame();
    frames.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  return frames;
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}

function feeding(rival: Rival, { count }: MapSensors): { stop(): number } {
  const states = new Uint8Array(count);
  const size = CHANGES_A_SECOND / BATCHES_A_SECOND;
  let chance = 1;
  let batches = 0;
  // The same course of chance for every rival (xorshift).
  const next = (below: number): number => {
    chance ^= chance << 13;
    chance ^= chance >>> 17;
    chance ^= chance << 5;
    return (chance >>> 0) % below;
  };
  const timer = setInterval(() => {
    const batch: Batch = {
      atMs: Date.now(),
      sensors: new Uint32Array(size),
      values: new Float64Array(size),
      states: new Uint8Array(size),
      changed: new Uint8Array(size),
    };
    for (let i = 0; i < size; i++) {
      const sensor = next(count);
      const before = states[sensor]!;
      const after = next(1000) < STATE_CHANGES * 1000 ? next(3) : before;
      states[sensor] = after;
      batch.sensors[i] = sensor;
      batch.values[i] = next(10_000) / 100;
      batch.states[i] = after;
      batch.changed[i] = Number(after !== before);
    }
    batches++;
    rival.take(batch);
  }, 1000 / BATCHES_A_SECOND);
  return {
    stop() {
      clearInterval(timer);
      return batches;
    },
  };
}

declare global {
  interface Window {
    /** Told by the benchmark which rival to open; then to move its map under a flood of changes. */
    openMap: (name: string) => Promise<Opened>;
    panMap: () => Promise<Panned>;
    /** Where rivals that the product does not install are put. */
    mapRivals?: Record<string, MakeRival>;
  }
}

window.openMap = (name) => {
  const make = RIVALS[name] ?? window.mapRivals?.[name];
  if (make === undefined) throw new RangeError(`there is no rival ${name}`);
  return opened(make);
};
window.panMap = pannedAtAllZooms;
