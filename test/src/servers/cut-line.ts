import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that a test may cut and mend. */
export interface CutLine {
  /** The server's address as it is seen through the line. */
  readonly url: string;
  /** Ends what goes over the line now, and takes nothing more. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Forwards bytes to `target` until it is cut. */
export async function startCutLine(target: string): Promise<CutLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((from) => {
    from.on('error', () => from.destroy());
    if (isCut) {
      from.destroy();
      return;
    }
    const onward = connect(Number(port), hostname);
    for (const [end, other] of [
      [from, onward],
      [onward, from],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        open.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endAll = (): void => {
    for (const end of open) end.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      endAll();
    },
    mend: () => (isCut = false),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      endAll();
      await closed;
    },
  };
}
