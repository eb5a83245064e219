import type { AlarmTransition } from '@lifeline/contracts';
import { behaviourBy, defaultBehaviour, type DeskPorts } from './index.js';
import { acknowledge, judge, low, lowLow, moved, newDesk, sensorOf } from './testing/builders.js';

const behaves = { latches: true, reAlarmMinutes: 10, mayBeShelved: true };

describe('the priority of an alarm', () => {
  it('is the worse of what the engine says and what its definition says, which is asked with the limit', () => {
    const asked: unknown[] = [];
    const definedPriority: DeskPorts['definedPriority'] = (alarm) => {
      asked.push(alarm);
      return 'orange';
    };
    const desk = newDesk({ definedPriority });
    expect(moved(desk.condition(low('begin', 1000))).priority).toBe('orange');
    expect(asked).toEqual([
      { sensorId: sensorOf(1).sensorId, rule: 'limit', limit: { kind: 'low', value: 200 }, evidence: null },
    ]);
    expect(moved(desk.condition(low('begin', 1000, { sensorNo: 2, priority: 'red' }))).priority).toBe('red');
    expect(moved(desk.condition(low('worsen', 2000, { priority: 'red' }))).priority).toBe('red');
    expect(moved(desk.condition(low('end', 3000))).priority).toBe('red');
  });

  it('tells what is no worse by its definition as no news, but for an outer limit', () => {
    const desk = newDesk({ definedPriority: () => 'orange' });
    desk.condition(low('begin', 1000));
    expect(desk.condition(low('worsen', 2000, { priority: 'orange' }))).toBeUndefined();
    expect(moved(desk.condition(lowLow('worsen', 3000))).event).toBe('escalate');
  });

  it('is the engine’s where there is no definition', () => {
    expect(moved(newDesk({ definedPriority: () => null }).condition(low('begin', 1000))).priority).toBe('yellow');
  });
});

describe('the behaviour of an alarm', () => {
  it('is that of its definition', () => {
    const desk = newDesk({ behaviour: (alarm) => behaviourBy(behaves, alarm) });
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    desk.act(acknowledge(alarmId, 2000), 2000);
    expect(desk.tick(2000 + 600_000)).toMatchObject([{ event: 're-alarm', state: 'unacknowledged' }]);
    expect(moved(desk.condition(low('end', 700_000))).state).toBe('latched-unacknowledged');
  });

  it('lets what a person called false not ask anew by its age', () => {
    const desk = newDesk({ behaviour: (alarm) => behaviourBy(behaves, alarm) });
    const { alarmId } = moved(desk.condition(low('begin', 1000, { rule: 'group' })));
    expect(moved(desk.act(judge(alarmId, 2000, 'false-alarm'), 2000)).state).toBe('acknowledged');
    expect(desk.tick(2000 + 600_000)).toEqual([]);
  });

  it('never shelves what its definition or the default never shelves', () => {
    const alarm = moved(newDesk().condition(low('begin', 1000)));
    const red: AlarmTransition = { ...alarm, priority: 'red' };
    expect(behaviourBy(behaves, alarm)).toEqual({ latches: true, reAlarmMs: 600_000, mayBeShelved: true });
    expect(behaviourBy(behaves, red).mayBeShelved).toBe(false);
    expect(behaviourBy({ ...behaves, mayBeShelved: false }, alarm).mayBeShelved).toBe(false);
    expect(behaviourBy(undefined, red)).toEqual(defaultBehaviour(red));
  });
});
