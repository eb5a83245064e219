import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SETTING_NAMES } from '@lifeline/configuration';
import { workspaceRoot } from './product/lifeline-process.js';

/** No engine runs here: the image's and the compose file's words are held against the project instead. */

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: unknown;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const folder = join(workspaceRoot, 'docker');
const composeText = readFileSync(join(folder, 'compose.yml'), 'utf8');
const compose = parse(composeText) as Compose;
const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
const instructions = dockerfile
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));

describe('the image', () => {
  it('is built in stages and runs as a user that is not root, with a health check', () => {
    expect(instructions.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.find((line) => line.startsWith('USER '))).toBe('USER node');
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });

  it('copies only what the project has', () => {
    const copied = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.length).toBeGreaterThan(4);
    for (const path of copied)
      expect({ path, there: existsSync(join(workspaceRoot, path)) }).toEqual({ path, there: true });
  });

  it('starts the command line that the project ships', () => {
    const entry = JSON.parse(
      instructions.find((line) => line.startsWith('ENTRYPOINT '))!.slice('ENTRYPOINT '.length),
    ) as string[];
    expect(statSync(join(workspaceRoot, entry[1]!)).isFile()).toBe(true);
  });

  it('sets only settings that Lifeline reads', () => {
    const names = dockerfile.match(/LIFELINE_[A-Z_]+/g) ?? [];
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(SETTING_NAMES).toContain(name);
  });
});

describe('the compose file', () => {
  it('brings Mosquitto, InfluxDB, PostgreSQL and Lifeline', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['influxdb', 'lifeline', 'mosquitto', 'postgres']);
  });

  it('gives Lifeline only settings that it reads, and every production adapter', () => {
    const names = Object.keys(compose.services['lifeline']?.environment ?? {});
    for (const name of names) expect(SETTING_NAMES).toContain(name);
    expect(names).toEqual(
      expect.arrayContaining(['LIFELINE_MQTT_URL', 'LIFELINE_INFLUX_URL', 'LIFELINE_POSTGRES_URL']),
    );
  });

  it('holds no secret, and the example names every one that is needed', () => {
    const example = readFileSync(join(folder, '.env.example'), 'utf8');
    const used = new Set([...composeText.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1]!));
    expect(used.size).toBeGreaterThan(3);
    for (const name of used) expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
    const passwords = Object.values(compose.services).flatMap((service) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /PASSWORD|TOKEN/.test(name)),
    );
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{/);
  });

  it('mounts files and volumes that are there', () => {
    const mounts = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
    for (const mount of mounts) {
      const source = mount.split(':')[0]!;
      if (source.startsWith('.')) expect(existsSync(join(folder, source))).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  it('waits for the health of what has a health check', () => {
    for (const [name, { condition }] of Object.entries(compose.services['lifeline']?.depends_on ?? {})) {
      expect(condition).toBe(compose.services[name]?.healthcheck ? 'service_healthy' : 'service_started');
    }
  });
});
