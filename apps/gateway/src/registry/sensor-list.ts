import type { LiveSensor, Sensor, Utility } from '@lifeline/contracts';
import type { LiveView } from '../live/live-view.js';
import type { Box } from '../live/sensor-grid.js';

export interface SensorQuestion {
  readonly limit: number;
  /** The sensor id after which the page begins. */
  readonly after?: string | undefined;
  readonly bbox?: readonly number[] | undefined;
  readonly utility?: Utility | undefined;
  /** Words in the id, the name or the device's asset, any case. */
  readonly q?: string | undefined;
  readonly assetId?: string | undefined;
  /** Only those that report, or only those that never did or are silent for too long. */
  readonly reporting?: 'true' | 'false' | undefined;
}

/** The sensors in order of their ids, kept sorted between changes of the registry: a page costs by what it passes over. */
export class SensorList {
  private sorted: readonly Sensor[] | undefined;

  constructor(
    private readonly view: LiveView,
    private readonly sensors: () => Iterable<Sensor>,
  ) {}

  /** To be called when sensors came or went. */
  changed(): void {
    this.sorted = undefined;
  }

  page(question: SensorQuestion, nowMs: number): { items: LiveSensor[]; next?: string } {
    const { limit, utility, assetId } = question;
    const reporting = question.reporting && question.reporting === 'true';
    const words = question.q?.toLowerCase();
    const inBox = question.bbox && this.inBox(question.bbox);
    const sorted = (this.sorted ??= [...this.sensors()].sort((a, b) => (a.sensorId < b.sensorId ? -1 : 1)));
    const items: LiveSensor[] = [];
    for (let i = firstAfter(sorted, question.after); i < sorted.length; i++) {
      const sensor = sorted[i]!;
      if (utility !== undefined && sensor.utility !== utility) continue;
      if (assetId !== undefined && sensor.assetId !== assetId) continue;
      if (inBox && !inBox.has(sensor.sensorNo)) continue;
      if (words !== undefined && !matches(sensor, words)) continue;
      if (reporting !== undefined && this.view.isReporting(sensor.sensorNo, nowMs) !== reporting) continue;
      if (items.length === limit) return { items, next: items.at(-1)!.sensorId };
      const live = this.view.liveSensor(sensor.sensorNo, nowMs);
      if (live) items.push(live);
    }
    return { items };
  }

  private inBox(box: readonly number[]): ReadonlySet<number> {
    const found = new Set<number>();
    const [west, south, east, north] = box as Box;
    this.view.grid.within([west, south, east, north], (sensorNo) => found.add(sensorNo));
    return found;
  }
}

function matches(sensor: Sensor, words: string): boolean {
  return (
    sensor.sensorId.toLowerCase().includes(words) ||
    sensor.name.toLowerCase().includes(words) ||
    (sensor.assetId?.toLowerCase().includes(words) ?? false)
  );
}

function firstAfter(sorted: readonly Sensor[], after: string | undefined): number {
  if (after === undefined) return 0;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.sensorId <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
