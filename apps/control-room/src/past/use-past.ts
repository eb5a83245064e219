import { notifications } from '@mantine/notifications';
import { useRouterState } from '@tanstack/react-router';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../frame/use-address.js';
import type { PastMachine, PastState } from './past-machine.js';

/** The way into the past and back; the machine is there while the past is shown. */
export interface Past {
  readonly machine: PastMachine | undefined;
  /** Shows the city as it was at a moment. */
  goTo(atMs: number): void;
  /** Shows the present again. */
  leave(): void;
}

export const PastContext = createContext<Past>({ machine: undefined, goTo: () => undefined, leave: () => undefined });

export function usePast(): Past {
  return useContext(PastContext);
}

const NEVER = (): (() => void) => () => undefined;

/** The past moment that is shown and how it plays; undefined while the present is. */
export function usePastState(): PastState | undefined {
  const { machine } = usePast();
  return useSyncExternalStore(machine?.state.subscribe ?? NEVER, () => machine?.state.get());
}

/** The page that shows the past: the others tell of the present whatever the address says. */
const PAST_PATH = '/';

/** Where the address is of the past: on the page that shows it, or on another, which tells of now. */
export function usePastAddress(): 'here' | 'elsewhere' | undefined {
  const at = useAddress('at');
  const isHere = useRouterState({ select: (state) => state.location.pathname === PAST_PATH });
  if (at === undefined) return undefined;
  return isHere ? 'here' : 'elsewhere';
}

/**
 * Why nothing can be done about what is seen; undefined while it can: what is past cannot be acted on. By the address, so that
 * nothing is open before the past is drawn, nor on a page that tells of now although its address is of the past.
 */
export function useActsClosed(): string | undefined {
  const { t } = useTranslation();
  const where = usePastAddress();
  if (where === undefined) return undefined;
  return t(where === 'here' ? 'past.actsClosed' : 'past.linkClosed');
}

/** Gives whether a person may act now; where not, the person is told why. */
export function useMayAct(): () => boolean {
  const closed = useActsClosed();
  return useCallback(() => {
    if (closed === undefined) return true;
    // Anew each time: who presses a second key is told a second time, and the words do not pile up.
    notifications.hide(CLOSED_NOTICE);
    notifications.show({ id: CLOSED_NOTICE, message: closed, withBorder: true });
    return false;
  }, [closed]);
}

const CLOSED_NOTICE = 'acts-closed';

/** The past moment that is shown, so coarse that what is asked of it need not be asked anew each second; undefined while now is. */
export function usePastMinute(stepMs = 300_000): number | undefined {
  const { machine } = usePast();
  return useSyncExternalStore(machine?.state.subscribe ?? NEVER, () => {
    if (machine === undefined) return undefined;
    return Math.floor(machine.state.get().atMs / stepMs) * stepMs;
  });
}
