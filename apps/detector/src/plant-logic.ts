import { allOf, createMaintenanceWindows, type DeskState, type Explanations } from '@lifeline/alarms';
import type { Asset, MaintenanceWindow } from '@lifeline/contracts';
import { createSupplyGraph, createUpstreamOutages, gasDangerBy, type UpstreamPorts } from '@lifeline/incidents';
import type { KnownSensors } from './known-sensors.js';

/** What of the registry the plant's logic asks. */
export interface PlantRegistry {
  assets(): Iterable<Asset>;
}

/**
 * What explains alarms, so that they are suppressed by design: maintenance windows, and upstream alarms by the city's supply
 * graph. Pure state: windows by version, and what the desk tells of its alarms.
 */
export class PlantLogic implements Explanations {
  private readonly windows = createMaintenanceWindows({
    districtOf: (assetId) => this.assets.get(assetId)?.district ?? null,
    isGasDanger: (alarm) => this.isGasDanger(alarm),
  });
  private assets: ReadonlyMap<string, Asset> = new Map();
  private isGasDanger: ReturnType<typeof gasDangerBy> = () => true;
  private parts: Explanations = this.windows;

  constructor(
    private readonly registry: PlantRegistry,
    private readonly sensors: KnownSensors,
  ) {}

  /**
   * Works out anew what feeds what: call at the start, and when assets or gateways changed.
   * @param state what the desk knows
   */
  assetsChanged(state: DeskState): void {
    const assets = [...this.registry.assets()];
    this.assets = new Map(assets.map((asset) => [asset.assetId, asset]));
    const ports: UpstreamPorts = {
      graph: createSupplyGraph(assets),
      sensorOf: (sensorId) => this.sensors.factsOf(sensorId),
      devicesBehind: (gatewayId) => this.sensors.devicesBehind(gatewayId),
    };
    this.isGasDanger = gasDangerBy(ports);
    const outages = createUpstreamOutages(ports);
    for (const entry of state.entries) outages.follow(entry);
    this.parts = allOf(this.windows, outages);
  }

  /** Takes a window, of the log or of the records; gives whether it was new. */
  foldWindow(window: MaintenanceWindow): boolean {
    return this.windows.fold(window);
  }

  /** For the checkpoint. */
  get knownWindows(): readonly MaintenanceWindow[] {
    return this.windows.all();
  }

  of: Explanations['of'] = (alarm, atMs) => this.parts.of(alarm, atMs);
  endedAtMs: Explanations['endedAtMs'] = (by) => this.parts.endedAtMs(by);
  follow: Explanations['follow'] = (entry) => this.parts.follow(entry);
  forget: Explanations['forget'] = (nowMs) => this.parts.forget(nowMs);
}
