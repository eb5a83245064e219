import type { FeatureCollection } from 'geojson';
import type { DrawnNetworks } from './map/network-tiles.js';

/** What the city is called and where its map begins. */
export interface CityFacts {
  readonly name: { readonly en: string; readonly zh: string };
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Longitude and latitude, degrees (WGS 84). */
  readonly centre: readonly [number, number];
  readonly zoom: number;
}

/** One part of the process that must work for the whole to be ready. */
export interface ReadyCheck {
  readonly name: string;
  /** Gives what is wrong and how to mend it, or undefined where it works. */
  check(): Promise<string | undefined>;
}

export interface GatewayOptions {
  readonly city: CityFacts;
  /** Folder of the built control room; without it the gateway serves no page. */
  readonly pageFolder?: string | undefined;
  /** Layers of the built-in base map by name (districts, water, roads, places), built when first asked for. */
  readonly layers?: Readonly<Record<string, () => FeatureCollection>> | undefined;
  /** Networks that belong to no registered asset, drawn where they are asked for: those of a simulated province. */
  readonly networks?: DrawnNetworks | undefined;
  /** Folder with a base map of the city's own; its .pmtiles files are served under /map/files/. */
  readonly basemapFolder?: string | undefined;
  /** Where devices connect, as the page tells engineers; default: the configuration's. */
  readonly mqttPublicHost?: string | undefined;
  readonly mqttPublicPort?: number | undefined;
  /** Checks of the other services in this process; asked anew each time, so the list may grow after the start. */
  readonly readyChecks?: readonly ReadyCheck[] | undefined;
}

export const GATEWAY_OPTIONS = Symbol('lifeline.gateway.options');
