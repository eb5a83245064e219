import { createContext, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
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

/** Why nothing can be done about what is seen; undefined while it can: what is past cannot be acted on. */
export function useActsClosed(): string | undefined {
  const { t } = useTranslation();
  return usePast().machine === undefined ? undefined : t('past.actsClosed');
}

/** The past moment that is shown, so coarse that what is asked of it need not be asked anew each second; undefined while now is. */
export function usePastMinute(stepMs = 300_000): number | undefined {
  const { machine } = usePast();
  return useSyncExternalStore(machine?.state.subscribe ?? NEVER, () => {
    if (machine === undefined) return undefined;
    return Math.floor(machine.state.get().atMs / stepMs) * stepMs;
  });
}
