import { useEffect } from 'react';

/** Places of the focus that are remembered: one in a dialog or a menu says nothing of the page beneath it. */
const MOST_PLACES = 8;

/**
 * Keeps the focus on the page. Where what had it is taken away or closed under the operator's fingers, an alarm's button, say, once
 * it is pressed, the focus goes to the nearest thing around it that can take it, and not to nowhere.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    /** Of each place, innermost first: the element and what it stands in, as long as it stood. */
    const places: (readonly HTMLElement[])[] = [];
    let frame: number | undefined;

    const onFocusIn = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      places.unshift(wayOut(target));
      places.length = Math.min(places.length, MOST_PLACES);
    };
    const look = (): void => {
      frame = undefined;
      const last = places[0]?.[0];
      const { activeElement } = document;
      if (last === undefined || (activeElement !== document.body && activeElement !== last)) return;
      // Who pressed beside everything wants the focus nowhere.
      if (canHold(last)) return;
      for (const way of places.slice()) {
        for (const element of way) {
          if (!canHold(element)) continue;
          element.focus({ preventScroll: true });
          if (document.activeElement === element) return;
        }
      }
      document.querySelector('main')?.focus({ preventScroll: true });
    };
    // After the page has drawn: whatever moves the focus by itself has done so.
    const later = (): void => void (frame ??= requestAnimationFrame(look));
    const observer = new MutationObserver(later);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled', 'hidden', 'inert'],
    });
    document.addEventListener('focusin', onFocusIn);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocusIn);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, []);
}

function wayOut(element: HTMLElement): readonly HTMLElement[] {
  const way: HTMLElement[] = [];
  for (let at: HTMLElement | null = element; at !== null && at !== document.body; at = at.parentElement) way.push(at);
  return way;
}

function canHold(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled, [inert] *') && element.getClientRects().length > 0;
}
