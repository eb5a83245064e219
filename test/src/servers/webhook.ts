import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callOutMessageSchema, type CallOutMessage } from '@lifeline/contracts';

export interface Told {
  readonly message: CallOutMessage;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
}

/** What a city's own gateway for messages would be: keeps what it was told, and answers as it is set. */
export class WebhookServer {
  readonly told: Told[] = [];
  /** Answers of the next requests, one each; after them 204. */
  readonly answers: number[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookServer> {
    const server = createServer();
    const webhook = new WebhookServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        const { headers, url } = request;
        webhook.told.push({ message: callOutMessageSchema.parse(body), headers, path: url ?? '' });
        response.writeHead(webhook.answers.shift() ?? 204).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return webhook;
  }

  /** Its address, with a name, a password and a token that nobody must see. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://city:hunter2@127.0.0.1:${port}/texts?token=s3cret`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
