import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInfluxWriteProxy, type InfluxWriteProxy } from './influx-write-proxy.js';
import { freePort, requireProgram, startServer, temporaryFolder } from './process.js';

export interface RunningInfluxDb {
  /** Answers `/api/v2/write` and `/query`. */
  readonly url: string;
  readonly proxy: InfluxWriteProxy;
  /** Makes an empty database, by default one that keeps everything. */
  createDatabase(name: string, retention?: string): Promise<void>;
  stop(): Promise<void>;
  /** Ends the server at once, as a crash would; the proxy goes on and answers nothing. */
  kill(): Promise<void>;
}

/** Starts Debian's InfluxDB 1.6 with a folder and ports of its own, and the proxy that gives it the write path of InfluxDB 2. */
export async function startInfluxDb(): Promise<RunningInfluxDb> {
  const command = requireProgram('influxdb', 'influxd');
  const folder = temporaryFolder('influxdb');
  const httpPort = await freePort();
  const file = join(folder, 'influxdb.conf');
  writeFileSync(file, settings(folder, httpPort, await freePort()));
  const direct = `http://127.0.0.1:${httpPort}`;
  const server = await startServer({
    command,
    args: ['-config', file],
    folder,
    ready: async () => {
      const answer = await fetch(`${direct}/ping`);
      if (answer.status !== 204) throw new Error(`ping answered ${answer.status}`);
    },
  });
  const proxy = await startInfluxWriteProxy(direct);
  return {
    url: proxy.url,
    proxy,
    createDatabase: async (name, retention) => {
      const rule = retention === undefined ? '' : ` WITH DURATION ${retention} REPLICATION 1`;
      const body = new URLSearchParams({ q: `CREATE DATABASE "${name}"${rule}` });
      const answer = await fetch(`${direct}/query`, { method: 'POST', body });
      const text = await answer.text();
      if (!answer.ok || text.includes('"error"')) throw new Error(`CREATE DATABASE ${name}: ${text}`);
    },
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
    kill: server.kill,
  };
}

/** Every listener on 127.0.0.1; the protocols that are not used are off. */
function settings(folder: string, httpPort: number, rpcPort: number): string {
  return `
reporting-enabled = false
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[http]
  enabled = true
  bind-address = "127.0.0.1:${httpPort}"
  log-enabled = false
[ifql]
  enabled = false
[[graphite]]
  enabled = false
[[collectd]]
  enabled = false
[[opentsdb]]
  enabled = false
[[udp]]
  enabled = false
[continuous_queries]
  enabled = false
`;
}
