/** How the page is joined to the server's live events. */
export interface LinkState {
  readonly kind: 'connecting' | 'live' | 'down';
  /** When the last live event of any kind came, by the page's clock. */
  readonly lastEventAtMs: number | undefined;
  /** Newest time the server has named: what is on the screen is as of then. */
  readonly asOfMs: number | undefined;
}

/** `health` comes every 5 s: three missed, and what is shown can no longer be trusted. */
export const SILENCE_MS = 15_000;

export type Trust = { readonly kind: 'fresh' } | { readonly kind: 'waiting' } | Stopped;
interface Stopped {
  readonly kind: 'stopped';
  readonly ageMs: number;
  readonly asOfMs: number;
}

/** Whether the values on the screen are live, and if not since when. */
export function trustOf(link: LinkState, nowMs: number): Trust {
  if (link.lastEventAtMs === undefined) return link.kind === 'down' ? stopped(nowMs, nowMs, link) : { kind: 'waiting' };
  const silent = nowMs - link.lastEventAtMs > SILENCE_MS;
  if (link.kind === 'live' && !silent) return { kind: 'fresh' };
  // A reconnect within a blink is not worth a strip across the page.
  if (link.kind !== 'live' && nowMs - link.lastEventAtMs < 2000) return { kind: 'fresh' };
  return stopped(nowMs, link.lastEventAtMs, link);
}

function stopped(nowMs: number, sinceMs: number, link: LinkState): Stopped {
  return { kind: 'stopped', ageMs: Math.max(0, nowMs - sinceMs), asOfMs: link.asOfMs ?? sinceMs };
}
