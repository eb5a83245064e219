/** Exit codes of the command line; listed in the README. */
export const EXIT = {
  failed: 1,
  configuration: 2,
  portTaken: 3,
  dataFolder: 4,
  newerData: 5,
  secondInstance: 6,
  unreachable: 7,
} as const;

/** A start that cannot go on; its message is the one line the person at the machine reads. */
export class StartError extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
