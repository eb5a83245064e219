import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import type { Configuration } from '@lifeline/configuration';
import { EXIT, StartError } from '../machine/start-error.js';

/** A map file of the city's own on this machine is served by us; its address in the page is then ours. */
export function withLocalBasemap(configuration: Configuration): {
  configuration: Configuration;
  basemapFolder: string | undefined;
} {
  const { basemap } = configuration;
  if (!basemap || /^https?:/.test(basemap.url)) return { configuration, basemapFolder: undefined };
  const file = isAbsolute(basemap.url) ? basemap.url : resolve(basemap.url);
  if (!file.endsWith('.pmtiles') || !existsSync(file)) {
    throw new StartError(
      EXIT.configuration,
      `Wrong setting: LIFELINE_BASEMAP_URL: ${basemap.url} is neither an http(s) address nor a .pmtiles file that is there.`,
    );
  }
  return {
    configuration: {
      ...configuration,
      basemap: { ...basemap, url: `/map/files/${encodeURIComponent(basename(file))}` },
    },
    basemapFolder: dirname(file),
  };
}
