import type { DeviceAuthority } from './port.js';
import { judgePublish, maySubscribe, readStatus } from './publish-verdict.js';

const authority: DeviceAuthority = {
  authenticate: () => 'ok',
  mayPublishFor: (clientDeviceId, deviceId) => clientDeviceId === 'gw' && deviceId === 'child',
};
const judge = (clientDeviceId: string, topic: string, body = '') =>
  judgePublish(clientDeviceId, topic, Buffer.from(body), authority);

describe('a publish', () => {
  it('is telemetry on its own topic, and on that of a device behind its gateway', () => {
    expect(judge('dev', 'lifeline/v1/gas/dev/telemetry').kind).toBe('telemetry');
    expect(judge('gw', 'lifeline/v1/bridge/child/telemetry').kind).toBe('telemetry');
  });

  it('is a status with the two words alone', () => {
    expect(judge('dev', 'lifeline/v1/gas/dev/status', 'online')).toMatchObject({ kind: 'status', online: true });
    expect(judge('dev', 'lifeline/v1/gas/dev/status', 'offline')).toMatchObject({ kind: 'status', online: false });
    expect(judge('dev', 'lifeline/v1/gas/dev/status', 'ONLINE')).toMatchObject({ reason: 'wrong-shape' });
    expect(readStatus(new Uint8Array(1_000_000))).toBeUndefined();
  });

  it.each([
    ['lifeline/v1/gas/other/telemetry', 'not-authorised'],
    ['lifeline/v1/gas/other/status', 'not-authorised'],
    ['lifeline/v1/heat/dev/telemetry', 'wrong-topic'],
    ['lifeline/v1/gas/dev', 'wrong-topic'],
    ['lifeline/v1/gas/dev/telemetry/', 'wrong-topic'],
    ['lifeline/v2/gas/dev/telemetry', 'wrong-topic'],
    ['$SYS/x', 'wrong-topic'],
  ])('to %s is refused: %s', (topic, reason) => {
    expect(judge('dev', topic)).toMatchObject({ kind: 'refused', reason });
  });
});

describe('a subscription', () => {
  it.each([
    ['lifeline/v1/gas/dev/#', true],
    ['lifeline/v1/+/dev/command', true],
    ['lifeline/v1/gas/dev', false],
    ['lifeline/v1/gas/other/#', false],
    ['lifeline/v1/gas/+/telemetry', false],
    ['lifeline/v1/#', false],
    ['lifeline/+/gas/dev/#', false],
    ['#', false],
    ['+/v1/gas/dev/#', false],
    ['$share/x/lifeline/v1/gas/dev/#', false],
    ['$SYS/#', false],
  ])('to %s is granted: %s', (filter, granted) => {
    expect(maySubscribe('dev', filter)).toBe(granted);
  });
});
