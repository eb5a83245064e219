import { Inject } from '@nestjs/common';
import { isCovered } from '@lifeline/alarms';
import {
  FURTHEST_WINDOW_DAYS,
  LONGEST_WINDOW_DAYS,
  windowFault,
  WINDOW_BEGUN_MOST_MS,
  windowState,
  type Asset,
  type ListedWindow,
  type MaintenanceAction,
  type MaintenanceContent,
  type MaintenanceScope,
  type MaintenanceWindow,
  type User,
  type WindowState,
} from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { MaintenanceError } from '@lifeline/records';
import { LiveFeed } from '../live/live-feed.js';
import { refusal } from '../problems/refusals.js';

/** How far back the list goes. */
const PAST_MS = 30 * 86_400_000;
const MOST_NAMED = 5;

/**
 * Keeps maintenance windows: first in the records, then told to the detector by the stream `actions`, whole and with its version.
 * Where the telling fails the caller hears of it; the detector has it from the records when it starts next.
 */
export class MaintenanceDesk {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {}

  /** Those that are on or come by their begin, then the past ones, newest first. */
  async list(state: WindowState | undefined): Promise<ListedWindow[]> {
    const nowMs = this.ports.clock.nowMs();
    const all = await this.ports.records.maintenance.endingAfter(nowMs - PAST_MS);
    const are = (wanted: WindowState) => all.filter((window) => windowState(window, nowMs) === wanted);
    const wanted = state ? are(state) : [...are('now'), ...are('next'), ...are('past').reverse()];
    return wanted.map((window) => this.listed(window));
  }

  async create(content: MaintenanceContent, user: User): Promise<ListedWindow> {
    const nowMs = this.ports.clock.nowMs();
    this.check(content, nowMs);
    const window = await this.ports.records.maintenance.create(content, user.username, nowMs);
    return this.told(window);
  }

  /** A window that was ended early goes on again with its new end. */
  async change(
    windowId: string,
    expectedVersion: number,
    content: MaintenanceContent,
    user: User,
  ): Promise<ListedWindow> {
    const nowMs = this.ports.clock.nowMs();
    const before = await this.known(windowId);
    this.check(content, nowMs, before.fromMs);
    return this.edit({ windowId, expectedVersion, content, endedAtMs: null, changedBy: user.username }, nowMs);
  }

  async end(windowId: string, expectedVersion: number, user: User): Promise<ListedWindow> {
    const nowMs = this.ports.clock.nowMs();
    const before = await this.known(windowId);
    if (windowState(before, nowMs) === 'past') throw refusal('window-ended');
    return this.edit({ windowId, expectedVersion, endedAtMs: nowMs, changedBy: user.username }, nowMs);
  }

  private async known(windowId: string): Promise<MaintenanceWindow> {
    const window = await this.ports.records.maintenance.window(windowId);
    if (!window) throw refusal('window-unknown', { id: windowId });
    return window;
  }

  private async edit(
    edit: Parameters<Ports['records']['maintenance']['change']>[0],
    nowMs: number,
  ): Promise<ListedWindow> {
    try {
      return await this.told(await this.ports.records.maintenance.change(edit, nowMs));
    } catch (error) {
      if (!(error instanceof MaintenanceError)) throw error;
      if (error.code === 'window-unknown') throw refusal('window-unknown', { id: edit.windowId });
      throw refusal('window-changed', { who: error.changedBy ?? '' });
    }
  }

  private async told(window: MaintenanceWindow): Promise<ListedWindow> {
    const action: MaintenanceAction = { kind: 'maintenance', window };
    const payload = Buffer.from(JSON.stringify(action), 'utf8');
    await this.ports.log.append([{ stream: 'actions', key: window.windowId, payload }]);
    return this.listed(window);
  }

  private check(content: MaintenanceContent, nowMs: number, begunAtMs?: number): void {
    const fault = windowFault(content, nowMs, begunAtMs);
    if (fault) {
      const days = fault === 'window-too-far' ? FURTHEST_WINDOW_DAYS : LONGEST_WINDOW_DAYS;
      const isOfBegin = fault === 'window-too-far' || fault === 'window-begun-too-long';
      throw refusal(fault, { days, hours: WINDOW_BEGUN_MOST_MS / 3_600_000 }, isOfBegin ? 'fromMs' : 'toMs');
    }
    const unknown = this.unknownIn(content.scope);
    if (unknown.length > 0) {
      const more = unknown.length > MOST_NAMED ? ', …' : '';
      throw refusal('scope-unknown', { ids: unknown.slice(0, MOST_NAMED).join(', ') + more }, 'scope');
    }
    if (this.coveredBy(content.scope) === 0) throw refusal('scope-covers-nothing', {}, 'scope');
  }

  private unknownIn({ sensorIds, deviceIds, assetIds, areas }: MaintenanceScope): string[] {
    const { registry } = this.ports;
    const assets = this.assets();
    const districts = new Set([...assets.values()].map(({ district }) => district));
    const isSensor = (sensorId: string): boolean => {
      const slash = sensorId.indexOf('/');
      return registry.channels(sensorId.slice(0, slash))?.has(sensorId.slice(slash + 1)) ?? false;
    };
    return [
      ...sensorIds.filter((sensorId) => !isSensor(sensorId)),
      ...deviceIds.filter((deviceId) => !registry.device(deviceId)),
      ...assetIds.filter((assetId) => !assets.has(assetId)),
      ...areas.map(({ district }) => district).filter((district) => !districts.has(district)),
    ];
  }

  private listed(window: MaintenanceWindow): ListedWindow {
    const by = `maintenance.${window.windowId}`;
    let [held, heldActive] = [0, 0];
    for (const { holds } of this.feed.view.alarms.all()) {
      if (holds?.suppressedBy !== by) continue;
      held++;
      if (holds.active) heldActive++;
    }
    return { ...window, sensors: this.coveredBy(window.scope), held, heldActive };
  }

  private coveredBy(scope: MaintenanceScope): number {
    const assets = this.assets();
    const districtOf = (assetId: string) => assets.get(assetId)?.district ?? null;
    let covered = 0;
    for (const sensor of this.ports.registry.sensors()) if (isCovered(scope, sensor, districtOf)) covered++;
    return covered;
  }

  private assets(): ReadonlyMap<string, Asset> {
    return new Map([...this.ports.registry.assets()].map((asset) => [asset.assetId, asset]));
  }
}
