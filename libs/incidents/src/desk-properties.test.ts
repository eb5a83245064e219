import fc from 'fast-check';
import { operatorLines } from './index.js';
import { expectWhole } from './testing/expect-whole.js';
import { newDesk } from './testing/builders.js';
import { log } from './testing/logs.js';

describe('the incident desk, whatever comes', () => {
  it('loses no alarm, has each in one place, and says why in both languages', () => {
    fc.assert(
      fc.property(log, (transitions) => {
        const desk = newDesk();
        const ids = new Set<string>();
        for (const transition of transitions) {
          desk.take(transition);
          ids.add(transition.alarmId);
        }
        expectWhole(desk, ids);
        const before = desk.state();
        for (const transition of transitions) desk.take(transition);
        expect(desk.state()).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on from its state as if it had not stopped', () => {
    fc.assert(
      fc.property(log, fc.nat(100), (transitions, percent) => {
        const at = Math.floor((transitions.length * percent) / 100);
        const [whole, before, after] = [newDesk(), newDesk(), newDesk()];
        for (const one of transitions.slice(0, at)) before.take(one);
        after.restore(before.state());
        for (const one of transitions) whole.take(one);
        for (const one of transitions.slice(at)) after.take(one);
        expect(after.incidents()).toEqual(whole.incidents());
        expect(after.state()).toEqual(whole.state());
        expect(after.account()).toEqual(whole.account());
      }),
      { numRuns: 200 },
    );
  });

  it('never shows more than thirty lines, nor hides a red one or gas of another lifeline', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 4, max: 30 }), (transitions, mostLines) => {
        const desk = newDesk();
        for (const transition of transitions) desk.take(transition);
        const lines = operatorLines(desk.incidents(), desk.alone(), { mostLines });
        expect(lines.length).toBeLessThanOrEqual(mostLines);
        const shown = desk.incidents().filter(({ counts }) => counts.announced > 0).length + desk.alone().length;
        const count = lines.reduce((sum, line) => sum + (line.kind === 'fold' ? line.lines.length : 1), 0);
        expect(count).toBe(shown);
        for (const subject of desk.state().subjects) {
          if (subject.priority !== 'red' || subject.incidentId === null) continue;
          expect(desk.incident(subject.incidentId)!.utility).toBe(subject.utility);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the account when what is over is forgotten on the way', () => {
    fc.assert(
      fc.property(log, (transitions) => {
        const desk = newDesk();
        const ids = new Set<string>();
        for (const transition of transitions) {
          if (ids.has(transition.alarmId) && desk.incidentOf(transition.alarmId) === undefined) continue;
          desk.take(transition);
          ids.add(transition.alarmId);
          desk.forgetClosed();
        }
        expect(desk.account()).toMatchObject({ raw: ids.size, lost: 0 });
      }),
    );
  });
});
