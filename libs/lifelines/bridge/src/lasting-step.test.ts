import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { LastingStep, STRAIN_STEPS, supportSettlementSteps } from './lasting-step.js';

const RECORDINGS = join(import.meta.dirname, '../../../../../shared/data/bridge');

function recording(name: string): { timesMs: Float64Array; strain: Float64Array } {
  const rows = readFileSync(join(RECORDINGS, name), 'utf8').trim().split('\n').slice(1);
  const timesMs = new Float64Array(rows.length);
  const strain = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const [time, value] = row.split(',');
    // The day may be written day-first: only the time of day counts here.
    timesMs[i] = Date.parse(`2022-04-11T${time!.slice(11)}Z`);
    strain[i] = Number(value);
  });
  return { timesMs, strain };
}

describe('a lasting step', () => {
  it('is found once, with its size, and a vehicle that crosses or waits is not', () => {
    const timesMs = Array.from({ length: 1200 }, (_, i) => i * 1000);
    const strain = timesMs.map((atMs, i) => {
      const crossing = i >= 200 && i < 210 ? 12 : i >= 300 && i < 400 ? 9 : 0;
      return Math.sin(i) * 0.3 + crossing + (atMs >= 700_000 ? 6 : 0);
    });
    const steps = supportSettlementSteps(timesMs, strain);
    expect(steps).toHaveLength(1);
    expect(steps[0]!.size).toBeCloseTo(6, 0);
    expect(Math.abs(steps[0]!.sinceMs - 700_000)).toBeLessThanOrEqual(10_000);
  });

  it('is not found where the level only drifts as temperature does', () => {
    const timesMs = Array.from({ length: 8640 }, (_, i) => i * 10_000);
    const strain = timesMs.map((atMs) => 15 * Math.sin((atMs / 86_400_000) * 2 * Math.PI));
    expect(supportSettlementSteps(timesMs, strain)).toEqual([]);
  });

  it('never reports less than the least, whatever the signal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 30, maxLength: 300 }),
        (values) => {
          const steps = new LastingStep(new Float64Array(LastingStep.STATE_SIZE), STRAIN_STEPS);
          values.forEach((value, i) => {
            const change = steps.take(i * 10_000, value);
            if (change) expect(Math.abs(change.size)).toBeGreaterThanOrEqual(STRAIN_STEPS.least);
          });
        },
      ),
    );
  });

  // The recordings stay where they are: this runs where they are there.
  if (existsSync(RECORDINGS)) {
    it('is found on a real bridge where a support went down, and not in its reference with vehicles that stop on it', () => {
      const { timesMs, strain } = recording('strain-support-lowered-1a.csv');
      const steps = supportSettlementSteps(timesMs, strain);
      const seconds = steps.map(({ sinceMs }) => (sinceMs - timesMs[0]!) / 1000);
      // Lowered at once after six and a half minutes, then bit by bit from the tenth to the sixteenth, by 29 µm/m in all.
      expect(seconds[0]).toBeGreaterThan(385);
      expect(seconds[0]).toBeLessThan(405);
      expect(steps[0]!.size).toBeCloseTo(5.9, 0);
      expect(steps.length).toBeGreaterThanOrEqual(5);
      for (const second of seconds.slice(1)) expect(second > 590 && second < 960).toBe(true);
      const sum = steps.reduce((all, { size }) => all + size, 0);
      expect(sum).toBeGreaterThan(26);
      expect(sum).toBeLessThan(31);
      const reference = recording('strain-reference-2022-03-07.csv');
      expect(supportSettlementSteps(reference.timesMs, reference.strain)).toEqual([]);
    });
  }
});
