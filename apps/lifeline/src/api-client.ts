import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_ROOT, type Problem } from '@lifeline/contracts';
import { EXIT, StartError } from './machine/start-error.js';

/** File in the data folder that lets the command line of the same machine and user in while Lifeline runs. */
export const LOCAL_TOKEN_FILE = 'command-line.token';

export interface ApiOptions {
  /** Address of the running Lifeline, e.g. http://127.0.0.1:3000 */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly dataDir: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A small caller of Lifeline's REST interface for the command line. */
export class ApiClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /**
   * Logs in: by name and password where they are given, else by the token that a Lifeline on this machine keeps for its own user.
   * @throws StartError where nothing answers, or nobody may log in
   */
  static async open(options: ApiOptions): Promise<ApiClient> {
    if (options.password === undefined) {
      const file = join(options.dataDir, LOCAL_TOKEN_FILE);
      if (!existsSync(file)) {
        throw new StartError(
          EXIT.unreachable,
          `No Lifeline seems to run on ${options.dataDir}. Start one (npm start), or name another by --url with --username and the password in LIFELINE_PASSWORD.`,
        );
      }
      const client = new ApiClient(options.url, readFileSync(file, 'utf8').trim());
      await client.call('GET', '/session');
      return client;
    }
    const answer = await new ApiClient(options.url, '').call<{ token: string }>('POST', '/session', {
      username: options.username ?? 'admin',
      password: options.password,
    });
    return new ApiClient(options.url, answer.token);
  }

  /** One call; the answer's body. @throws ApiError with the problem's own words */
  async call<Answer = unknown>(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(`${this.url}${API_ROOT}${path}`, {
        method,
        headers: {
          ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
        ...(body === undefined
          ? {}
          : { body: contentType === 'application/json' ? JSON.stringify(body) : String(body) }),
      });
    } catch (error) {
      throw new StartError(EXIT.unreachable, `Lifeline does not answer at ${this.url}. Is it running there?`, {
        cause: error,
      });
    }
    const text = await response.text();
    if (!response.ok) throw new ApiError(response.status, problemText(response.status, text));
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}

function problemText(status: number, text: string): string {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    const fields = (problem.errors ?? []).map((error) => `${error.path}: ${error.message}`).join('; ');
    return [problem.title ?? `HTTP ${status}`, problem.detail, fields].filter(Boolean).join('. ');
  } catch {
    return `HTTP ${status}`;
  }
}
