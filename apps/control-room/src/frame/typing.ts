/** Inputs that take no text: a letter pressed on them is meant for the page. */
const NO_TEXT = 'input:is([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"])';

/** True where a key is meant for what is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || (target.matches('input, textarea, select') && !target.matches(NO_TEXT));
}

/** True where Enter is meant for the element itself. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, input, [role="menuitem"]') !== null;
}

/** True while something lies over the page that takes the keys. */
export function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}
