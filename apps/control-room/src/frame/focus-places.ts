/** Elements that the keys of the page lead to. */
export const SEARCH_ID = 'sensor-search';
export const LIST_ID = 'operators-list';
export const DRAWER_ID = 'drawer';

/** Gives one of them the focus; gives whether it took it: what is not on the screen takes none. */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  return element !== null && document.activeElement === element;
}
