import { DecodedReadings, decodeTelemetry } from '@lifeline/contracts';
import { rounded, writeBodies, type BodyFormat, type Entry } from './bodies.js';

const entries: Entry[] = [
  { ts: 1_795_556_776_000, values: { 'p-in': 0.34963, 'p-out': 2.48152 } },
  { ts: 1_795_556_778_200, values: { 'p-out': 2.5 } },
];

describe('bodies of the simulated devices', () => {
  it.each<BodyFormat>(['plain', 'batch', 'senml'])('say the same readings to the decoder as %s', (format) => {
    const readings: string[] = [];
    for (const body of writeBodies(format, entries, () => 'kPa')) {
      const decoded = new DecodedReadings();
      expect(decodeTelemetry(Buffer.from(body), 0, decoded)).toBeUndefined();
      for (let i = 0; i < decoded.count; i++) {
        readings.push(`${decoded.channel[i]} ${decoded.measuredAtMs[i]} ${decoded.value[i]}`);
      }
    }
    expect(readings.sort()).toEqual([
      'p-in 1795556776000 0.34963',
      'p-out 1795556776000 2.48152',
      'p-out 1795556778200 2.5',
    ]);
  });

  it('round to five decimals', () => {
    expect(rounded(0.123456789)).toBe(0.12346);
  });
});
