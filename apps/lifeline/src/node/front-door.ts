import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pageHandler, securityHeaders, type Handler } from '@lifeline/gateway/page';
import compression from 'compression';
import { portError, type WantedPort } from '../machine/free-port.js';

/** Requests that wait for the application at most; more are told to come again. */
const MOST_WAITING = 500;
const STARTING = JSON.stringify({
  type: 'about:blank',
  title: 'Lifeline is starting',
  status: 503,
  detail: 'The stores are being opened. Ask again in a few seconds.',
});

export interface FrontDoorOptions extends WantedPort {
  /** Of the built page; undefined: there is none. */
  readonly pageFolder: string | undefined;
  readonly basemapUrl: string | undefined;
}

/**
 * The HTTP port, open from the first moment on: the page is served at once, every other request waits until the application is
 * there. So a browser that was left open, or a person in a hurry, sees the page and not a refused connection.
 */
export class FrontDoor {
  private application: Server | undefined;
  private readonly waiting: [IncomingMessage, ServerResponse][] = [];
  private readonly steps: readonly Handler[];
  private readonly server: Server;

  private constructor({ pageFolder, basemapUrl }: FrontDoorOptions) {
    this.steps = [
      securityHeaders(basemapUrl),
      compression() as Handler,
      ...(pageFolder === undefined ? [] : [pageHandler(pageFolder)]),
    ];
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** @throws StartError where the port cannot be had */
  static async open(options: FrontDoorOptions): Promise<FrontDoor> {
    const door = new FrontDoor(options);
    await new Promise<void>((resolve, reject) => {
      door.server.once('error', (error) => reject(portError(options, error)));
      door.server.listen(options.port, options.host, resolve);
    });
    return door;
  }

  /** From now on this server answers, which does not listen itself; first of all what waited. */
  handOver(application: Server): void {
    this.application = application;
    for (const [request, response] of this.waiting.splice(0)) {
      if (!response.destroyed) application.emit('request', request, response);
    }
  }

  /** Takes no new connection: call it before the application ends, which answers what is under way. */
  stopListening(): void {
    this.server.close();
  }

  /** Takes nothing in any more and ends every connection. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.application) this.application.emit('request', request, response);
    else this.answerEarly(request, response, 0);
  }

  private answerEarly(request: IncomingMessage, response: ServerResponse, step: number): void {
    const handler = this.steps[step];
    if (handler) handler(request, response, () => this.answerEarly(request, response, step + 1));
    else if (request.url?.startsWith('/health/live')) tell(response, 200, '{"status":"live"}');
    else if (request.url?.startsWith('/health/ready') || this.waiting.length >= MOST_WAITING) {
      response.setHeader('Retry-After', '2');
      tell(response, 503, STARTING);
    } else this.waiting.push([request, response]);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.application) this.application.emit('upgrade', request, socket, head);
    // A page that was open before the restart: it connects again by itself.
    else socket.destroy();
  }
}

function tell(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'Content-Type': status === 200 ? 'application/json' : 'application/problem+json' });
  response.end(json);
}
