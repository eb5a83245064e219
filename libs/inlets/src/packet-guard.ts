import type { Socket } from 'node:net';

/** Largest MQTT packet after the login: a body that is too large for us still arrives, to be rejected with a reason. */
export const MAX_PACKET_BYTES = 2 * 1024 * 1024;
/** Largest packet before the login: CONNECT with a will, a user name and a password. */
export const MAX_CONNECT_BYTES = 256 * 1024;

export interface PacketGuard {
  limitBytes: number;
}

export interface OversizedPacket {
  readonly bytes: number;
  /** Of a PUBLISH, where it has come already; else empty. */
  readonly topic: string;
}

/**
 * Looks at every chunk on its way from the socket to the parser, which gathers a packet in memory whatever length it claims (up
 * to 256 MB). Walks from header to header; a packet above the limit ends the connection before its body is gathered.
 * @param mayRead asked before each chunk; where it says no, the chunk stays in the socket and TCP holds the sender back. Emit
 * `readable` on the socket to go on
 */
export function guardPackets(
  socket: Socket,
  mayRead: () => boolean,
  onOversized: (packet: OversizedPacket) => void,
): PacketGuard {
  const guard: PacketGuard = { limitBytes: MAX_CONNECT_BYTES };
  const frames = new FrameWalk();
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.read = (size?: number): Buffer | null => {
    if (!mayRead()) return null;
    const chunk = read(size);
    if (chunk === null) return null;
    const oversized = frames.walk(chunk, guard.limitBytes);
    if (oversized === undefined) return chunk;
    onOversized(oversized);
    socket.destroy();
    return null;
  };
  return guard;
}

/** Follows the fixed headers of MQTT (type, then remaining length in one to four bytes of seven bits) over chunk borders. */
export class FrameWalk {
  private left = 0;
  private inLength = false;
  private lengthBytes = 0;
  private length = 0;
  private type = 0;

  /** The first packet whose length is above the limit. */
  walk(chunk: Uint8Array, limitBytes: number): OversizedPacket | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const step = Math.min(this.left, chunk.length - at);
        this.left -= step;
        at += step;
      } else if (!this.inLength) {
        this.type = chunk[at++]! >> 4;
        this.inLength = true;
        this.length = 0;
        this.lengthBytes = 0;
      } else {
        const byte = chunk[at++]!;
        this.length += (byte & 0x7f) * 2 ** (7 * this.lengthBytes++);
        // A fifth byte is no MQTT; the parser says so and closes.
        if ((byte & 0x80) !== 0 && this.lengthBytes < 4) continue;
        this.inLength = false;
        if (this.length > limitBytes) return { bytes: this.length, topic: this.topicAt(chunk, at) };
        this.left = this.length;
      }
    }
    return undefined;
  }

  private topicAt(chunk: Uint8Array, at: number): string {
    if (this.type !== 3 || at + 2 > chunk.length) return '';
    const length = (chunk[at]! << 8) | chunk[at + 1]!;
    const bytes = chunk.subarray(at + 2, at + 2 + Math.min(length, 256));
    return new TextDecoder().decode(bytes);
  }
}
