import { freePort, requireProgram, startServer, temporaryFolder, type RunningServer } from './process.js';

export interface RunningVictoriaMetrics {
  readonly url: string;
  /** Makes what was written visible to questions at once. */
  flush(): Promise<void>;
  readonly stop: RunningServer['stop'];
  readonly kill: RunningServer['kill'];
}

/**
 * Starts Debian's VictoriaMetrics, which takes `/api/v2/write` itself. It keeps a hundred years: by default it answers 204 to
 * old points and drops them. Of points of the same time it keeps one.
 */
export async function startVictoriaMetrics(): Promise<RunningVictoriaMetrics> {
  const folder = temporaryFolder('victoria-metrics');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: requireProgram('victoria-metrics', 'victoria-metrics'),
    args: [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${folder}/data`,
      '-retentionPeriod=100y',
      '-dedup.minScrapeInterval=1ms',
    ],
    folder,
    ready: async () => {
      const answer = await fetch(`${url}/health`);
      if (!answer.ok) throw new Error(`health answered ${answer.status}`);
    },
  });
  return {
    url,
    flush: async () => {
      await fetch(`${url}/internal/force_flush`);
    },
    stop: server.stop,
    kill: server.kill,
  };
}
