import { useEffect } from 'react';
import { isLetterKeyOff } from '../frame/letter-keys.js';
import { isCovered, isPressable, isTyping } from '../frame/typing.js';
import { SPEEDS, type PastMachine } from './past-machine.js';

const STEP_MS = 60_000;
const LONG_STEP_MS = 3_600_000;

/**
 * The keys of the past: space plays and pauses, the arrows step by a minute (with shift by an hour), the digits choose the speed,
 * Escape goes back to now. They come before the keys of the page beneath.
 */
export function usePastKeys(machine: PastMachine, leave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isLetterKeyOff(event)) return;
      if (!isForPage(event)) return;
      const stepMs = event.shiftKey ? LONG_STEP_MS : STEP_MS;
      const speed = SPEEDS[Number(event.key) - 1];
      if (event.key === 'Escape') leave();
      else if (event.key === ' ') {
        if (machine.state.get().isPlaying) machine.pause();
        else machine.play();
      } else if (event.key === 'ArrowLeft') machine.step(-stepMs);
      else if (event.key === 'ArrowRight') machine.step(stepMs);
      else if (speed !== undefined && !event.shiftKey) machine.setSpeed(speed);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [machine, leave]);
}

/** Whether a key is not meant for a dialog, nor for the element it was pressed on: a field, a button by space, the map by its arrows. */
export function isForPage({ target, key }: KeyboardEvent): boolean {
  if (isCovered()) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (isTyping(target)) return false;
  if (target.closest('[role="listbox"]') !== null) return false;
  if (key === ' ') return !isPressable(target);
  if (key.startsWith('Arrow')) return target.closest('input, [role="application"], [role="separator"]') === null;
  return true;
}
