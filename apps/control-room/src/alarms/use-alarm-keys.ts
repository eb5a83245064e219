import { useEffect } from 'react';
import { DRAWER_ID, focusOn } from '../frame/focus-places.js';
import { isLetterKeyOff } from '../frame/letter-keys.js';
import { isCovered, isPressable, isTyping } from '../frame/typing.js';

export interface AlarmKeys {
  step(by: 1 | -1): void;
  open(): void;
  acknowledge(): void;
  shelve(): void;
  incident(): void;
  callOut(): void;
  showOnMap(): void;
  find(): unknown;
  help(): void;
  close(): unknown;
}

/** The operator's keys, wherever on the page the focus is, but for fields and what lies over the page. */
export function useAlarmKeys(keys: AlarmKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isLetterKeyOff(event)) return;
      if (isCovered()) return;
      // Out of a field of the drawer first, then out of the drawer.
      if (isTyping(event.target)) {
        if (event.key === 'Escape' && isInDrawer(event.target)) focusOn(DRAWER_ID);
        return;
      }
      switch (event.key) {
        case 'j':
          keys.step(1);
          break;
        case 'k':
          keys.step(-1);
          break;
        case 'Enter':
          // What is being read in the drawer is not the list's to open.
          if (isPressable(event.target) || isInDrawer(event.target)) return;
          keys.open();
          break;
        case 'a':
          keys.acknowledge();
          break;
        case 's':
          keys.shelve();
          break;
        case 'i':
          keys.incident();
          break;
        case 'c':
          keys.callOut();
          break;
        case 'm':
          keys.showOnMap();
          break;
        case '/':
          keys.find();
          break;
        case '?':
          keys.help();
          break;
        case 'Escape':
          keys.close();
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [keys]);
}

/** Within the drawer: the drawer itself is only where one has just come in. */
function isInDrawer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`#${DRAWER_ID} *`) !== null;
}
