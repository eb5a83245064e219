import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/**
 * Connections for reading, lent one question at a time. A running query holds a thread of libuv, and a second query on the
 * same connection would hold another only to wait; so there are few connections, and questions queue for them here.
 */
export class Connections {
  private readonly free: DuckDBConnection[] = [];
  private readonly waiting: ((connection: DuckDBConnection) => void)[] = [];
  private readonly all: DuckDBConnection[] = [];

  static async open(instance: DuckDBInstance, count: number): Promise<Connections> {
    const connections = new Connections();
    for (let i = 0; i < count; i++) connections.all.push(await instance.connect());
    connections.free.push(...connections.all);
    return connections;
  }

  async use<Result>(ask: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    const connection =
      this.free.pop() ?? (await new Promise<DuckDBConnection>((resolve) => this.waiting.push(resolve)));
    try {
      return await ask(connection);
    } finally {
      const next = this.waiting.shift();
      if (next) next(connection);
      else this.free.push(connection);
    }
  }

  /** Waits for the questions under way, then disconnects; nothing may be asked after. */
  async close(): Promise<void> {
    await Promise.all(this.all.map(() => this.lendForGood()));
    for (const connection of this.all) connection.closeSync();
  }

  private async lendForGood(): Promise<void> {
    if (!this.free.pop()) await new Promise<DuckDBConnection>((resolve) => this.waiting.push(resolve));
  }
}
