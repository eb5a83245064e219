import { useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { parseTime } from '../words/typed-time.js';
import { useZone } from '../words/use-words.js';

/** A field that a past time is typed into: it is taken with Enter, and left with Escape. */
export function useTyped(onTime: (atMs: number) => void) {
  const zone = useZone();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const field = {
    value: typed,
    onChange: (event: ChangeEvent<HTMLInputElement>): void => {
      setTyped(event.currentTarget.value);
      setWrong(false);
    },
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>): void => {
      if (event.key === 'Escape') {
        setTyped('');
        setWrong(false);
        event.currentTarget.blur();
      }
      if (event.key !== 'Enter') return;
      const nowMs = Date.now();
      const atMs = parseTime(typed, nowMs, zone);
      if (atMs === undefined || atMs >= nowMs) {
        setWrong(true);
        return;
      }
      onTime(atMs);
      setTyped('');
      event.currentTarget.blur();
    },
  };
  return { field, isWrong };
}
