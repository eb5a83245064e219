import { useLayoutEffect, type RefObject } from 'react';
import { DRAWER_ID, LIST_ID, focusOn } from '../frame/focus-places.js';

/** What the drawer is to take the focus for, once it shows it. */
let wanted: string | undefined;

/** Leads the keyboard into the drawer: what was selected is to be read there. */
export function enterDrawer(id: string): void {
  const drawer = document.getElementById(DRAWER_ID);
  if (drawer?.dataset['shows'] === id) focusOn(DRAWER_ID);
  else wanted = id;
}

/**
 * The drawer takes the focus where it was led in, and gives it back when it closes: to what it was led in from, where that is
 * still there, else to the operator's list.
 */
export function useDrawerFocus(drawer: RefObject<HTMLElement | null>, id: string | undefined): void {
  const isOpen = id !== undefined;
  // Before the one below: this one sees from where the focus comes.
  useLayoutEffect(() => {
    const element = drawer.current;
    if (!isOpen || element === null) return undefined;
    const from = document.activeElement;
    return () => {
      const isElsewhere = document.activeElement !== document.body && !element.contains(document.activeElement);
      if (isElsewhere) return;
      if (from instanceof HTMLElement && from !== document.body) from.focus({ preventScroll: true });
      if (document.activeElement === document.body || element.contains(document.activeElement)) focusOn(LIST_ID);
    };
  }, [drawer, isOpen]);
  useLayoutEffect(() => {
    if (id === undefined || wanted !== id) return;
    wanted = undefined;
    focusOn(DRAWER_ID);
  }, [id]);
}
