/** Where who opened a definition by the keyboard reads on. */
export const TITLE_ID = 'definition-title';

/** Puts the focus on the open definition's title once it is drawn. */
export function focusTitle(): void {
  requestAnimationFrame(() => document.getElementById(TITLE_ID)?.focus({ preventScroll: true }));
}
