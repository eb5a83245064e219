import { accessSync, constants, existsSync } from 'node:fs';
import { Command } from 'commander';
import { readConfiguration, unknownSettings, type Configuration } from '@lifeline/configuration';
import { connectAsync } from 'mqtt';
import pg from 'pg';
import { requireFreePort } from '../machine/free-port.js';
import { EXIT } from '../machine/start-error.js';

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `lifeline doctor`: looks at what a start needs and says what is wrong and how to mend it; changes nothing. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check Node, the settings, the data folder, the ports and the adapters; changes nothing')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const configuration = readConfiguration(process.env);
      const findings = await examine(configuration);
      if (options.json) console.log(JSON.stringify({ findings }));
      else for (const { name, ok, detail } of findings) console.log(`${ok ? 'ok   ' : 'FAULT'}  ${name}: ${detail}`);
      process.exitCode = findings.every(({ ok }) => ok) ? 0 : EXIT.failed;
    });
}

async function examine(configuration: Configuration): Promise<Finding[]> {
  const { http, mqtt, externalMqtt, influx, postgresUrl, dataDir } = configuration;
  const url = `http://127.0.0.1:${http.port}`;
  const running = await fetch(`${url}/health/ready`).then(
    async (response) => ({ ok: response.ok, text: await response.text() }),
    () => undefined,
  );
  const findings = [
    await look('node', () => `${process.versions.node}`),
    await look('settings', () => {
      const unknown = unknownSettings(process.env);
      if (unknown.length > 0) throw new Error(`${unknown.join(', ')} is not known; is it misspelt?`);
      return 'all known';
    }),
    await look('data folder', () => {
      if (!existsSync(dataDir)) return `${dataDir} will be made at the first start`;
      accessSync(dataDir, constants.W_OK | constants.X_OK);
      return `${dataDir} is writable`;
    }),
  ];
  if (running)
    findings.push({ name: 'running Lifeline', ok: running.ok, detail: running.ok ? `ready at ${url}` : running.text });
  else {
    findings.push(
      await look('page port', () =>
        requireFreePort({ ...http, setting: 'LIFELINE_HTTP_PORT', what: 'page' }).then(() => `${http.port} is free`),
      ),
    );
    if (!externalMqtt) {
      findings.push(
        await look('MQTT port', () =>
          requireFreePort({ ...mqtt, setting: 'LIFELINE_MQTT_PORT', what: 'MQTT' }).then(() => `${mqtt.port} is free`),
        ),
      );
    }
  }
  if (externalMqtt) {
    findings.push(
      await look('broker', async () => {
        const client = await connectAsync(externalMqtt.url, { reconnectPeriod: 0, connectTimeout: 5000 }, false);
        await client.endAsync();
        return 'lets us in';
      }),
    );
  }
  if (influx) {
    findings.push(
      await look('InfluxDB', async () => {
        const response = await fetch(new URL('/ping', influx.url), { signal: AbortSignal.timeout(5000) });
        if (!response.ok) throw new Error(`answers ${response.status} at /ping; check LIFELINE_INFLUX_URL`);
        return 'answers';
      }),
    );
  }
  if (postgresUrl) {
    findings.push(
      await look('PostgreSQL', async () => {
        const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 5000 });
        await client.connect();
        await client.end();
        return 'lets us in';
      }),
    );
  }
  return findings;
}

async function look(name: string, check: () => string | Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
