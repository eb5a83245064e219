import type { NewDevice, Utility } from '@lifeline/contracts';
import type { City, Site } from '@lifeline/city';
import { CITY, swapPartner } from '@lifeline/lifeline-kit';

export interface ZoneQuestion {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  readonly utility: Utility | undefined;
  readonly assetId: string;
  /** Asset or sensor that is struck. */
  readonly target: string;
  readonly kind: string;
  readonly reachM: number | 'lifeline';
  /** Whether what feeds the asset (or what it drains to) feels it too. */
  readonly atSource: boolean;
}

/**
 * The sensors (ids) that may tell of a fault: those on its asset, on its line and on what it feeds, those of the same utility within the
 * fault's reach, and those of its source where it is felt there. What befalls the city or a gateway may be told of by all that feel it.
 */
export function zoneOf(question: ZoneQuestion): ReadonlySet<string> {
  const { city, devices, utility, assetId } = question;
  if (assetId === CITY) return idsOf(devices);
  const own = devices.filter((device) => device.utility === utility);
  const { reachM } = question;
  if (reachM === 'lifeline') return idsOf(own);
  if (question.kind === 'late-gateway') return idsOf(behindGatewayOf(own, question.target));
  const site = city.sites.get(assetId);
  const zone = new Set<string>();
  if (question.kind === 'swap') {
    const typed = own.flatMap(({ deviceId, sensors }) =>
      sensors.map(({ channel, type, unit }) => ({ sensorId: `${deviceId}/${channel}`, deviceId, type: type ?? unit })),
    );
    zone.add(swapPartner(typed, question.target)?.sensorId ?? question.target);
  }
  for (const { deviceId, sensors } of own) {
    for (const { channel, assetId: standsOn } of sensors) {
      const other = city.sites.get(standsOn ?? '');
      const near = standsOn === assetId || (site && other && belongs(site, other, reachM, question.atSource));
      if (near || question.target === `${deviceId}/${channel}`) zone.add(`${deviceId}/${channel}`);
    }
  }
  return zone;
}

function belongs(site: Site, other: Site, reachM: number, atSource: boolean): boolean {
  if (other.lineId === site.assetId || site.lineId === other.assetId) return true;
  if (other.sourceId === site.assetId || (atSource && site.sourceId === other.assetId)) return true;
  if (site.townId !== other.townId) return false;
  return Math.hypot(site.local.x - other.local.x, site.local.y - other.local.y) <= reachM;
}

function behindGatewayOf(devices: readonly NewDevice[], sensorId: string): readonly NewDevice[] {
  const own = devices.find(({ deviceId }) => sensorId.startsWith(`${deviceId}/`));
  if (!own?.gatewayId) return own ? [own] : [];
  return devices.filter(({ gatewayId }) => gatewayId === own.gatewayId);
}

function idsOf(devices: readonly NewDevice[]): ReadonlySet<string> {
  return new Set(devices.flatMap(({ deviceId, sensors }) => sensors.map(({ channel }) => `${deviceId}/${channel}`)));
}
