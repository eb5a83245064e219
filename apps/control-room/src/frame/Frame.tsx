import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCell } from '../live/cell.js';
import { LiveContext, useLive, useTrust } from '../live/live-context.js';
import { LiveLink } from '../live/live-link.js';
import { AlarmSound } from '../sound/AlarmSound.js';
import { PastBand } from '../past/PastBand.js';
import { PastGate } from '../past/PastGate.js';
import { usePast } from '../past/use-past.js';
import { AlarmHerald } from './AlarmHerald.js';
import { Rail } from './Rail.js';
import { followLetterKeys } from './letter-keys.js';
import { StaleStrip } from './StaleStrip.js';
import { TopBar } from './TopBar.js';
import styles from './frame.module.css';

/** What surrounds every page: joined to the live city as long as it is on the screen. */
export function Frame() {
  const [live] = useState(() => new LiveLink());
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useEffect(() => followLetterKeys(), []);
  return (
    <PastGate live={live}>
      <Trusted>
        <PastBand />
        <TopBar />
        <StaleStrip />
        {/* Whatever is on the screen, the alarms that are announced are those of now. */}
        <LiveContext value={live}>
          <AlarmHerald />
          <AlarmSound />
        </LiveContext>
        <div className={styles.body}>
          <Rail />
          <main className={styles.main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </Trusted>
    </PastGate>
  );
}

/** Once the city is reached again, all that is on the screen is read anew: what was asked for meanwhile has failed or is old. */
function useReadAnewOnReturn(): void {
  const { kind } = useCell(useLive().link);
  const client = useQueryClient();
  const wasDown = useRef(false);
  useEffect(() => {
    if (kind === 'live' && wasDown.current) void client.invalidateQueries();
    wasDown.current = kind === 'down';
  }, [kind, client]);
}

/** Greys every live value of the page while the data is not live. */
function Trusted({ children }: { readonly children: ReactNode }) {
  const trust = useTrust();
  useReadAnewOnReturn();
  const isPast = usePast().machine !== undefined;
  return (
    <div className={styles.frame} data-trust={trust.kind} data-past={isPast}>
      {children}
    </div>
  );
}
