import type { DutyPlace, Utility } from '@lifeline/contracts';
import { useAsset } from '../drawer/use-asset.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import type { About } from './use-call-outs.js';

/** Where somebody is needed; undefined while it is not known yet, or any more. */
export function usePlace(about: About): DutyPlace | undefined {
  const live = useLive();
  const { byId } = useCell(live.alarms);
  const incidents = useCell(live.incidents.book);
  const assets = useCell(live.assets);
  const incident = 'incidentId' in about ? incidents.byId.get(about.incidentId)?.incident : undefined;
  const alarm = 'alarmId' in about ? byId.get(about.alarmId) : undefined;
  const assetId = alarm?.assetId ?? undefined;
  const known = assetId === undefined ? undefined : assets.get(assetId);
  // In a vast city the page does not hold every asset.
  const asked = useAsset(known === undefined ? assetId : undefined);
  if (incident !== undefined) return placeOf(incident.utility, incident.district);
  if (alarm === undefined) return undefined;
  if (assetId !== undefined && known === undefined && asked.isPending) return undefined;
  return placeOf(alarm.utility, (known ?? asked.data)?.district ?? null);
}

function placeOf(utility: Utility, district: string | null): DutyPlace {
  return { utility, district };
}
