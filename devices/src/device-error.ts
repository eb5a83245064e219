export type DeviceErrorCode =
  | 'missing-credential'
  | 'unreadable-file'
  | 'invalid-scenario'
  | 'unknown-target'
  | 'unknown-recording'
  | 'not-delivered';

/** What went wrong with devices, scenarios or recordings, in a sentence that says where and how to mend it. */
export class DeviceError extends Error {
  constructor(
    readonly code: DeviceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DeviceError';
  }
}
