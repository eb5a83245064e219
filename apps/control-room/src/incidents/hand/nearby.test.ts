import { aStandingAlarm } from '../testing/a-standing-alarm.js';
import { nearbyAlarms } from './nearby.js';

const at = (lon: number) => ({ lon, lat: 32 });
const alarm = aStandingAlarm('mine', { assetId: 'r-1', position: at(118) });

describe('alarms that are offered with one', () => {
  it('are those on its asset, then the nearest, and none that is far or in an incident', () => {
    const announced = [
      aStandingAlarm('far', { position: at(118.02) }),
      aStandingAlarm('near', { position: at(118.004) }),
      aStandingAlarm('nearer', { position: at(118.001) }),
      aStandingAlarm('taken', { position: at(118.001) }),
      aStandingAlarm('same-asset', { assetId: 'r-1', position: null }),
      aStandingAlarm('nowhere'),
      alarm,
    ];
    const offered = nearbyAlarms(alarm, announced, (alarmId) => alarmId === 'taken');
    expect(offered.map((one) => [one.alarm.alarmId, one.isOnSameAsset, one.metres])).toEqual([
      ['same-asset', true, null],
      ['nearer', false, 94],
      ['near', false, 378],
    ]);
  });
});
