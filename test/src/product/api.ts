import { connect, type MqttClient } from 'mqtt';
import { API_ROOT } from '@lifeline/contracts';
import { ADMIN_PASSWORD, type LifelineProcess } from './lifeline-process.js';

/** A logged-in caller of the REST interface for the tests. */
export class Api {
  private constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  static async login(
    lifeline: Pick<LifelineProcess, 'url'>,
    username = 'admin',
    password = ADMIN_PASSWORD,
  ): Promise<Api> {
    const answer = await new Api(lifeline.url, '').post<{ token: string }>('/session', { username, password });
    return new Api(lifeline.url, answer.token);
  }

  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Response> {
    return fetch(`${this.url}${API_ROOT}${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  async get<Answer>(path: string): Promise<Answer> {
    return this.take(await this.send('GET', path));
  }

  async post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
    return this.take(await this.send('POST', path, body));
  }

  private async take<Answer>(response: Response): Promise<Answer> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`);
    return JSON.parse(text) as Answer;
  }
}

/** A registered device's MQTT connection with a fresh credential. */
export async function connectDevice(
  api: Api,
  lifeline: Pick<LifelineProcess, 'mqttPort'>,
  deviceId: string,
): Promise<MqttClient> {
  const { username, password } = await api.post<{ username: string; password: string }>(
    `/devices/${deviceId}/credential`,
  );
  const client = connect(`mqtt://127.0.0.1:${lifeline.mqttPort}`, {
    username,
    password,
    clientId: deviceId,
    reconnectPeriod: 0,
  });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
  });
  return client;
}

/**
 * Asks again until the answer satisfies, at most `withinMs`: for what the product does by itself and tells by no event. Fails with the last answer.
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
  withinMs = 30_000,
): Promise<Answer> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (Date.now() > until)
      throw new Error(`Not within ${withinMs} ms; last answer: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
