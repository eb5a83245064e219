import { Cell } from '../live/cell.js';

const STORED = 'lifeline.letter-keys';

export type LetterKeys = 'on' | 'off';

/** Whether keys of one sign act on the page. Who speaks to the computer, or types by accident, turns them off (WCAG 2.1.4). */
export const letterKeys = new Cell<LetterKeys>('on');

/** Reads what is stored and follows what other windows change; gives the way to stop. */
export function followLetterKeys(): () => void {
  const read = (): void => letterKeys.set(localStorage.getItem(STORED) === 'off' ? 'off' : 'on');
  const onStorage = (event: StorageEvent): void => {
    if (event.key === STORED) read();
  };
  read();
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

export function turnLetterKeys(to: LetterKeys): void {
  letterKeys.set(to);
  localStorage.setItem(STORED, to);
}

/** True for a key of one sign while such keys are off; space is none, it presses what has the focus. */
export function isLetterKeyOff({ key }: KeyboardEvent): boolean {
  return letterKeys.get() === 'off' && key.length === 1 && key !== ' ';
}
