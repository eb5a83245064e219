import { CHANNEL_PATTERN } from '../topics.js';

/** Names that passed the pattern: a city has some dozens, so that nearly every check is one look-up. Bounded. */
const known = new Set<string>();
const MOST_KNOWN = 4096;

/** Whether a text may name a channel (CHANNEL_PATTERN). */
export function isChannelName(text: string): boolean {
  if (known.has(text)) return true;
  if (!CHANNEL_PATTERN.test(text)) return false;
  if (known.size >= MOST_KNOWN) known.clear();
  known.add(text);
  return true;
}
