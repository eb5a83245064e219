import { Outlet } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { LiveContext, useTrust } from '../live/live-context.js';
import { LiveLink } from '../live/live-link.js';
import { AlarmHerald } from './AlarmHerald.js';
import { Rail } from './Rail.js';
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
  return (
    <LiveContext value={live}>
      <Trusted>
        <TopBar />
        <StaleStrip />
        <AlarmHerald />
        <div className={styles.body}>
          <Rail />
          <main className={styles.main}>
            <Outlet />
          </main>
        </div>
      </Trusted>
    </LiveContext>
  );
}

/** Greys every live value of the page while the data is not live. */
function Trusted({ children }: { readonly children: ReactNode }) {
  const trust = useTrust();
  return (
    <div className={styles.frame} data-trust={trust.kind}>
      {children}
    </div>
  );
}
