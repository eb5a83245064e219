import type { Priority } from '@lifeline/contracts';
import type { Language } from '../i18n/languages.js';
import { Cell } from '../live/cell.js';
import { pulsesOf, soundLengthS } from './tones.js';

/** Whether the browser lets the page sound: `asks` until a person has clicked or pressed a key on it. */
export type Leave = 'asks' | 'given' | 'impossible';

/** Pulses rise and fall this fast: a hard edge clicks. */
const EDGE_S = 0.01;
/** Loudest share of what the loudspeaker gives: saw-tooth pulses are piercing. */
const LOUDEST = 0.35;

/** The browser's loudspeaker and voice. */
export class SoundOutlet {
  readonly leave = new Cell<Leave>('asks');
  private context: AudioContext | undefined;

  /** Asks the browser for leave; it is given at once in the course of a click or a key, and else with the next one. */
  ask(): void {
    if (typeof AudioContext === 'undefined') {
      this.leave.set('impossible');
      return;
    }
    if (this.context === undefined) {
      const context = new AudioContext();
      this.context = context;
      context.addEventListener('statechange', () => this.leave.set(context.state === 'running' ? 'given' : 'asks'));
    }
    void this.context.resume().catch(() => undefined);
    this.leave.set(this.context.state === 'running' ? 'given' : 'asks');
  }

  /** The sound of a priority; nothing where there is no leave. @param volume 0 to 1 */
  play(priority: Priority, volume: number): void {
    const { context } = this;
    if (context === undefined || context.state !== 'running' || volume <= 0) return;
    const startS = context.currentTime + 0.02;
    for (const pulse of pulsesOf(priority)) {
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      // Four harmonics within 15 dB of the fundamental, as IEC 60601-1-8 asks for: it is heard through noise, and from where.
      oscillator.type = 'sawtooth';
      oscillator.frequency.value = pulse.frequencyHz;
      const [fromS, toS] = [startS + pulse.startS, startS + pulse.startS + pulse.lastsS];
      gain.gain.setValueAtTime(0, fromS);
      gain.gain.linearRampToValueAtTime(volume * LOUDEST, fromS + EDGE_S);
      gain.gain.setValueAtTime(volume * LOUDEST, toS - EDGE_S);
      gain.gain.linearRampToValueAtTime(0, toS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(fromS);
      oscillator.stop(toS);
    }
  }

  /** Says a sentence once the sound of its priority is over; what is being said gives way. @param volume 0 to 1 */
  say(sentence: string, language: Language, after: Priority, volume: number): void {
    if (!canSpeak()) return;
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = language === 'zh' ? 'zh-CN' : 'en-GB';
    utterance.volume = volume;
    clearTimeout(this.next);
    this.next = setTimeout(
      () => {
        speechSynthesis.cancel();
        speechSynthesis.speak(utterance);
      },
      soundLengthS(after) * 1000,
    );
  }

  /** Ends what is being said and what would be said next. */
  hush(): void {
    clearTimeout(this.next);
    if (canSpeak()) speechSynthesis.cancel();
  }

  private next: ReturnType<typeof setTimeout> | undefined;
}

export function canSpeak(): boolean {
  return typeof speechSynthesis !== 'undefined' && typeof SpeechSynthesisUtterance !== 'undefined';
}

/** The page has one. */
export const outlet = new SoundOutlet();
