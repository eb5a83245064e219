interface Ack {
  readonly messageId: number;
  released: boolean;
}

/** Holds acknowledgements back until all before them are released: they go out in the order the messages came. */
export class AcksInOrder {
  private queue: Ack[] = [];
  private head = 0;

  constructor(private readonly send: (messageId: number) => void) {}

  get waiting(): number {
    return this.queue.length - this.head;
  }

  await(messageId: number): Ack {
    const ack = { messageId, released: false };
    this.queue.push(ack);
    return ack;
  }

  release(ack: Ack): void {
    ack.released = true;
    let next = this.queue[this.head];
    while (next?.released) {
      this.send(next.messageId);
      next = this.queue[++this.head];
    }
    // The part that is sent is let go now and then, not at every acknowledgement.
    if (this.head > 512 || this.head === this.queue.length) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
  }
}
