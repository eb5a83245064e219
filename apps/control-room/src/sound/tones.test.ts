import { PRIORITIES } from '@lifeline/contracts';
import { SOUND_GAP_MS } from './sound-desk.js';
import { pulsesOf, soundLengthS } from './tones.js';

test('each priority has a number of pulses of its own: nobody must know pitches', () => {
  expect(PRIORITIES.map((priority) => pulsesOf(priority).length)).toEqual([10, 3, 2, 1]);
});

test('pitches rise with urgency and stay where old ears hear well', () => {
  const highest = PRIORITIES.map((priority) => Math.max(...pulsesOf(priority).map(({ frequencyHz }) => frequencyHz)));
  expect(highest).toEqual([...highest].sort((a, b) => b - a));
  for (const pitch of highest) {
    expect(pitch).toBeGreaterThanOrEqual(150);
    expect(pitch).toBeLessThanOrEqual(1000);
  }
});

test('pulses follow one another without overlap, and a sound ends before the next may come', () => {
  for (const priority of PRIORITIES) {
    const pulses = pulsesOf(priority);
    for (let i = 1; i < pulses.length; i++)
      expect(pulses[i]!.startS).toBeGreaterThan(pulses[i - 1]!.startS + pulses[i - 1]!.lastsS);
    expect(soundLengthS(priority) * 1000).toBeLessThan(SOUND_GAP_MS);
  }
});
