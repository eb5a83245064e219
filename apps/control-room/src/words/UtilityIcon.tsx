import type { Utility } from '@lifeline/contracts';
import { ZapIcon, BridgeIcon, DropletsIcon, FlameIcon } from 'lucide-react';

const ICONS = {
  gas: FlameIcon,
  power: ZapIcon,
  bridge: BridgeIcon,
  drainage: DropletsIcon,
} as const satisfies Record<Utility, typeof FlameIcon>;

/** A lifeline by its icon, not by a hue: hues belong to alarms. */
export function UtilityIcon({ utility, size = 18 }: { readonly utility: Utility; readonly size?: number }) {
  const Icon = ICONS[utility];
  return <Icon size={size} strokeWidth={1.6} aria-hidden />;
}
