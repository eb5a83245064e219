import { Cell } from '../live/cell.js';

/** How this browser tells of alarms by ear. */
export interface SoundPreferences {
  readonly sound: 'on' | 'off';
  readonly speech: 'on' | 'off';
  /** 0 to 1. */
  readonly volume: number;
  /** Epoch ms; a past time: not muted. */
  readonly mutedUntilMs: number;
}

/** Off until a person turns it on: a browser lets no page sound before. */
export const SILENT: SoundPreferences = { sound: 'off', speech: 'off', volume: 0.6, mutedUntilMs: 0 };

export const MUTE_MINUTES = [5, 15, 30] as const;

const STORED = 'lifeline.sound';

/** Reads what is stored; what makes no sense in it is as at first. */
export function readPreferences(stored: string | null): SoundPreferences {
  let raw: unknown;
  try {
    raw = JSON.parse(stored ?? '{}');
  } catch {
    return SILENT;
  }
  if (typeof raw !== 'object' || raw === null) return SILENT;
  const { sound, speech, volume, mutedUntilMs } = raw as Readonly<Record<string, unknown>>;
  const isShare = typeof volume === 'number' && volume >= 0 && volume <= 1;
  return {
    sound: sound === 'on' ? 'on' : 'off',
    speech: speech === 'on' ? 'on' : 'off',
    volume: isShare ? volume : SILENT.volume,
    mutedUntilMs: typeof mutedUntilMs === 'number' && Number.isFinite(mutedUntilMs) ? mutedUntilMs : 0,
  };
}

/** What this browser's windows share. */
export const soundPreferences = new Cell<SoundPreferences>(SILENT);

/** Reads the stored preferences and follows what other windows change; gives the way to stop. */
export function followPreferences(): () => void {
  const read = (): void => soundPreferences.set(readPreferences(localStorage.getItem(STORED)));
  const onStorage = (event: StorageEvent): void => {
    if (event.key === STORED) read();
  };
  read();
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

export function changePreferences(change: Partial<SoundPreferences>): void {
  const next = { ...soundPreferences.get(), ...change };
  soundPreferences.set(next);
  localStorage.setItem(STORED, JSON.stringify(next));
}

/** What is left of a mute as `4:05`; undefined where it is over. */
export function leftOfMute(mutedUntilMs: number, nowMs: number): string | undefined {
  const seconds = Math.ceil((mutedUntilMs - nowMs) / 1000);
  if (seconds <= 0) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
