import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the proxy does to the next writes instead of forwarding them: answer a status, reset the connection, or forward and then
 * reset it before the answer (the write is in, and the writer cannot know).
 */
export type WriteFault = 429 | 503 | 'reset' | 'reset-after-write';
/** `pass`: this one goes through. */
type NextWrite = WriteFault | 'pass';

export interface InfluxWriteProxy {
  readonly url: string;
  /** Faults of the next writes, one each, in order. */
  fail(...faults: readonly NextWrite[]): void;
  /** Writes that came so far, failed ones too. */
  readonly writes: () => number;
  stop(): Promise<void>;
}

/**
 * In front of an InfluxDB 1.6: takes `/api/v2/write?org&bucket&precision` as the client sends it, forwards it as
 * `/write?db&precision`, body as it came (gzip too), and forwards `/query` as it is.
 */
export async function startInfluxWriteProxy(target: string): Promise<InfluxWriteProxy> {
  const faults: NextWrite[] = [];
  let writes = 0;
  const server: Server = createServer((from, to) => {
    const asked = new URL(from.url ?? '/', target);
    const path = pathForInflux1(asked);
    if (!path) return void to.writeHead(404).end();
    const fault = asked.pathname === '/api/v2/write' ? (writes++, faults.shift()) : undefined;
    if (fault === undefined || fault === 'pass' || fault === 'reset-after-write') {
      return forward(from, to, new URL(path, target), fault === 'reset-after-write');
    }
    from.resume();
    from.once('end', () => {
      if (fault === 'reset') return void from.socket.destroy();
      to.writeHead(fault, { 'content-type': 'application/json', 'retry-after': '1' });
      to.end(JSON.stringify({ code: 'unavailable', message: `told to answer ${fault}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (...next) => void faults.push(...next),
    writes: () => writes,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function pathForInflux1(asked: URL): string | undefined {
  if (asked.pathname === '/query' || asked.pathname === '/ping') return asked.pathname + asked.search;
  if (asked.pathname !== '/api/v2/write') return undefined;
  const precision = asked.searchParams.get('precision') ?? 'ns';
  return `/write?${new URLSearchParams({ db: asked.searchParams.get('bucket') ?? '', precision }).toString()}`;
}

function forward(from: IncomingMessage, to: ServerResponse, url: URL, thenReset: boolean): void {
  const headers = { ...from.headers, host: url.host };
  delete headers.authorization;
  const onward = request(url, { method: from.method, headers }, (answer) => {
    if (thenReset) {
      answer.resume();
      return void answer.once('end', () => from.socket.destroy());
    }
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
  });
  onward.once('error', () => to.destroy());
  from.pipe(onward);
}
