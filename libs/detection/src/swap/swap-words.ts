import type { Words } from '@lifeline/catalogue';
import type { Sensor } from '@lifeline/contracts';

/** Hour and minute in China, where all these sensors are. */
function localTime(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(11, 16);
}

export function swapReason(one: Sensor, other: Sensor, sinceMs: number): Words {
  const since = localTime(sinceMs);
  return {
    en: `${one.name} and ${other.name} seem to be exchanged since ${since}: each reads as the other did.`,
    zh: `${one.name}与${other.name}自${since}起似被对调:各自读数与对方此前一致。`,
  };
}

export const SWAP_BACK: Words = {
  en: 'Each of the two sensors reads as it used to again.',
  zh: '两个传感器的读数均已恢复各自原有水平。',
};
