/**
 * Names under which the consumers keep their cursors, in the log or with the rows they write. They stay as they are: a consumer of
 * another name would read everything again.
 */
export const CONSUMERS = {
  /** The history writer: `readings` to the time series. */
  history: 'history',
  rejects: 'rejects',
  accountReceived: 'account-received',
  accountStored: 'account-stored',
  accountRejected: 'account-rejected',
  /** The detector: `readings`, and `actions` of people. */
  detector: 'detector',
  /** The alarm projector: `alarms` to the records. */
  alarmProjector: 'alarms-to-records',
  /** The live view. It begins anew at every start, so its cursor means nothing after one. */
  liveView: 'live-view',
} as const;
export type ConsumerName = (typeof CONSUMERS)[keyof typeof CONSUMERS];
