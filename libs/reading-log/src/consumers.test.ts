import { CONSUMERS } from './consumers.js';

describe('names of the consumers', () => {
  it('stay as they are, since the cursors of every installation are kept under them', () => {
    expect(CONSUMERS).toEqual({
      history: 'history',
      rejects: 'rejects',
      accountReceived: 'account-received',
      accountStored: 'account-stored',
      accountRejected: 'account-rejected',
      detector: 'detector',
      alarmProjector: 'alarms-to-records',
      liveView: 'live-view',
    });
  });
});
