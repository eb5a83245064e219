import { Cell } from '../live/cell.js';

/** Whether this window is the one that sounds. */
export const isOurTurn = new Cell(false);

/** Held by the one window of this browser that sounds: a desk of three screens is not to speak in three voices. */
const LOCK = 'lifeline.sound';

/**
 * Takes its turn to be the window that sounds; `onTurn` is called once it is. Gives the way to let go, upon which another
 * window takes over. Where the browser has no locks (a page over plain http from another machine) every window sounds.
 */
export function takeTurn(onTurn: () => void): () => void {
  if (!('locks' in navigator) || navigator.locks === undefined) {
    onTurn();
    return () => undefined;
  }
  const waiting = new AbortController();
  let letGo: () => void = () => waiting.abort();
  void navigator.locks
    .request(LOCK, { signal: waiting.signal }, () => {
      if (waiting.signal.aborted) return undefined;
      onTurn();
      return new Promise<void>((resolve) => (letGo = resolve));
    })
    .catch(() => undefined);
  return () => letGo();
}
