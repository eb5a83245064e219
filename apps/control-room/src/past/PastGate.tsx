import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { closeActs } from '../api/call.js';
import { useAddress, useChangeAddress } from '../frame/use-address.js';
import { LiveContext } from '../live/live-context.js';
import type { City } from '../live/city.js';
import { showMoment } from '../live/now.js';
import { PastCity } from './past-city.js';
import { PastMachine } from './past-machine.js';
import { gatewayPast } from './past-source.js';
import { ShownCity } from './shown-city.js';
import { PastContext, useActsClosed, usePastAddress, type Past } from './use-past.js';

/** While it plays the address follows this often: a link shows the moment, and the browser is not busy with it. */
const ADDRESS_EVERY_MS = 5000;

/**
 * Gives the page the live city, or the city as it was at the address' `at`. The live one goes on behind the past, so that nothing
 * is missing when it is shown again.
 */
export function PastGate({ live, children }: { readonly live: City; readonly children: ReactNode }) {
  const [shown] = useState(() => new ShownCity(live));
  const at = useAddress('at');
  const asked = usePastAddress() === 'here' ? at : undefined;
  const change = useChangeAddress();
  const [machine, setMachine] = useState<PastMachine>();
  const running = useRef<PastMachine>(undefined);
  /** The moment that the address was last given by the page itself. */
  const written = useRef<number>(undefined);

  const closed = useActsClosed();
  // In the layout's phase: before anybody can press what was just drawn.
  useLayoutEffect(() => {
    closeActs(closed);
    return () => closeActs(undefined);
  }, [closed]);

  const leave = useCallback(() => change({ at: undefined }, 'step'), [change]);
  const goTo = useCallback((atMs: number) => change({ at: Math.round(atMs) }), [change]);

  useEffect(() => {
    const end = (): void => {
      running.current?.stop();
      running.current = undefined;
      written.current = undefined;
      shown.show(undefined);
      showMoment(undefined);
      setMachine(undefined);
    };
    if (asked === undefined) {
      if (running.current !== undefined) end();
      return;
    }
    if (running.current === undefined) {
      const city = new PastCity(live);
      const hooks = { nowMs: () => Date.now(), onCaughtUp: leave, after: later };
      running.current = new PastMachine(city, gatewayPast, hooks, asked);
      shown.show(city);
      showMoment(asked);
      setMachine(running.current);
    } else if (asked !== written.current) {
      void running.current.seek(asked);
    }
  }, [asked, live, shown, leave]);

  useEffect(
    () => () => {
      running.current?.stop();
      showMoment(undefined);
    },
    [],
  );

  useEffect(() => {
    if (machine === undefined) return undefined;
    let toldAtMs = 0;
    return machine.state.subscribe(() => {
      const { atMs, isPlaying } = machine.state.get();
      showMoment(atMs);
      if (isPlaying && Date.now() - toldAtMs < ADDRESS_EVERY_MS) return;
      toldAtMs = Date.now();
      if (written.current === atMs) return;
      written.current = atMs;
      change({ at: atMs });
    });
  }, [machine, change]);

  const past = useMemo<Past>(() => ({ machine, goTo, leave }), [machine, goTo, leave]);
  return (
    <PastContext value={past}>
      <LiveContext value={shown}>{children}</LiveContext>
    </PastContext>
  );
}

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
