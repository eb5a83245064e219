import { useEffect } from 'react';

export interface AlarmKeys {
  step(by: 1 | -1): void;
  open(): void;
  acknowledge(): void;
  shelve(): void;
  showOnMap(): void;
  find(): void;
  help(): void;
  close(): void;
}

/** True where a key is meant for what is being typed in. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="menuitem"]') !== null;
}

/** The operator's keys, wherever on the page the focus is, but for fields and open dialogs. */
export function useAlarmKeys(keys: AlarmKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      switch (event.key) {
        case 'j':
          keys.step(1);
          break;
        case 'k':
          keys.step(-1);
          break;
        case 'Enter':
          if (isPressable(event.target)) return;
          keys.open();
          break;
        case 'a':
          keys.acknowledge();
          break;
        case 's':
          keys.shelve();
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
