import type { Priority } from '@lifeline/contracts';

/** One pulse of a sound: when it starts, seconds from the sound's start, how long it is, and its pitch. */
export interface Pulse {
  readonly startS: number;
  readonly lastsS: number;
  readonly frequencyHz: number;
}

interface Burst {
  /** Pitch of each pulse in order. */
  readonly pitchesHz: readonly number[];
  /** Seconds of silence after each pulse but the last. */
  readonly gapsS: readonly number[];
  readonly pulseS: number;
}

const short = 0.1;
const HIGH: Burst = {
  pitchesHz: [880, 880, 880, 988, 988, 880, 880, 880, 988, 988],
  gapsS: [short, short, 0.3, short, 0.5, short, short, 0.3, short],
  pulseS: 0.12,
};

/**
 * Told apart by rhythm and number before pitch, as the bursts of IEC 60601-1-8: ten quick pulses for what must be answered at once, three for
 * soon, two and one for the least. Pitches lie in its 150 to 1000 Hz and rise with urgency; pulses last 75 to 200 ms for
 * the highest, 125 to 250 ms for the others.
 */
const BURSTS: Readonly<Record<Priority, Burst>> = {
  red: HIGH,
  orange: { pitchesHz: [659, 659, 659], gapsS: [0.15, 0.15], pulseS: 0.18 },
  yellow: { pitchesHz: [523, 440], gapsS: [0.2], pulseS: 0.2 },
  blue: { pitchesHz: [392], gapsS: [], pulseS: 0.22 },
};

/** The sound of a priority, pulse by pulse. */
export function pulsesOf(priority: Priority): Pulse[] {
  const { pitchesHz, gapsS, pulseS } = BURSTS[priority];
  let startS = 0;
  return pitchesHz.map((frequencyHz, i) => {
    const pulse = { startS, lastsS: pulseS, frequencyHz };
    startS += pulseS + (gapsS[i] ?? 0);
    return pulse;
  });
}

/** How long the sound of a priority is, in seconds. */
export function soundLengthS(priority: Priority): number {
  const last = pulsesOf(priority).at(-1)!;
  return last.startS + last.lastsS;
}
