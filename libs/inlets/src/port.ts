import type { RejectReason, Utility } from '@lifeline/contracts';

/** Inlets: where devices' messages come in. */

export interface InletMessage {
  readonly topic: string;
  /** Part of a larger buffer that is used again by no one, but kept alive whole: copy what is to be kept. */
  readonly payload: Uint8Array;
  readonly arrivedAtMs: number;
  /** The device that is logged in on this connection; undefined behind an external broker, which checks by itself. */
  readonly clientDeviceId?: string | undefined;
}

/**
 * Takes a message in. `done()` is called once what became of it is durable: the inlet then answers PUBACK. `done(error)`: the
 * message was not kept (disk full); the inlet must not acknowledge, so that the device sends it again.
 * A callback, not a promise: this is the hot path.
 */
export type MessageSink = (message: InletMessage, done: (error?: Error) => void) => void;

/** A refused connection or publish, so that engineers see who knocks. */
export interface Refusal {
  readonly atMs: number;
  readonly deviceId: string | undefined;
  readonly topic: string;
  readonly reason: Extract<
    RejectReason,
    'unknown-device' | 'bad-credential' | 'not-authorised' | 'wrong-topic' | 'wrong-shape' | 'too-large'
  >;
  readonly detail: string;
  /** How many alike it stands for: those within a second are told together. */
  readonly count: number;
  readonly payload?: Uint8Array | undefined;
}

/** Who may connect and publish; answered from the in-memory registry. */
export interface DeviceAuthority {
  /** Checks an MQTT username and password. */
  authenticate(deviceId: string, password: Uint8Array): 'ok' | 'unknown-device' | 'bad-credential';
  /** Whether `clientDeviceId` may publish for `deviceId`: itself, or a device that names it as its gateway. */
  mayPublishFor(clientDeviceId: string, deviceId: string): boolean;
}

/** What a device says of itself, or its last will says of it. */
export interface DeviceStatus {
  readonly utility: Utility;
  readonly deviceId: string;
  readonly online: boolean;
  readonly atMs: number;
}

export interface InletHealth {
  readonly connected: boolean;
  /** Device connections (embedded), or connections to the broker (external). */
  readonly connections: number;
  /** Messages handed to the sink whose `done` has not been called. */
  readonly outstanding: number;
}

export interface Inlet {
  readonly name: string;
  start(): Promise<void>;
  /** Takes nothing new, waits for what is under way (at most five seconds), closes. */
  stop(): Promise<void>;
  /**
   * Ends the connections of this device, whose password no longer holds; nothing more is taken from them. Behind an external broker
   * nothing happens: the broker keeps the accounts, and ends their connections itself.
   */
  disconnect(deviceId: string): void;
  health(): InletHealth;
}
