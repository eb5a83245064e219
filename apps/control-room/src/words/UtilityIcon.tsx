import type { Utility } from '@lifeline/contracts';
import { IconBolt, IconBuildingBridge2, IconDropletHalf2, IconFlame } from '@tabler/icons-react';

const ICONS = {
  gas: IconFlame,
  power: IconBolt,
  bridge: IconBuildingBridge2,
  drainage: IconDropletHalf2,
} as const satisfies Record<Utility, typeof IconFlame>;

/** A lifeline by its icon, not by a hue: hues belong to alarms. */
export function UtilityIcon({ utility, size = 18 }: { readonly utility: Utility; readonly size?: number }) {
  const Icon = ICONS[utility];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
