import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, temporaryFolder } from '../servers/process.js';
import { runCommand, startLifeline } from './lifeline-process.js';

/** A start that cannot go on says why in one line, with an exit code of its own and no stack trace. */

const oneLine = (errors: string) => {
  const lines = errors.split('\n').filter((line) => line.trim() !== '');
  expect(lines).toHaveLength(1);
  expect(errors).not.toMatch(/\n\s+at /);
  return lines[0];
};

const quiet = async (more: Record<string, string> = {}) => ({
  LIFELINE_HTTP_PORT: String(await freePort()),
  LIFELINE_MQTT_PORT: String(await freePort()),
  LIFELINE_DATA_DIR: join(temporaryFolder('start'), 'data'),
  ...more,
});

describe('a start', () => {
  it.each(['LIFELINE_HTTP_PORT', 'LIFELINE_MQTT_PORT'])(
    'with the port of %s taken says which and what to do',
    async (name) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const { code, errors } = await runCommand(['start'], await quiet({ [name]: String(port) }));
      expect(code).toBe(3);
      expect(oneLine(errors)).toContain(`${port}`);
      expect(errors).toContain(name);
      server.close();
    },
  );

  it('with a wrong setting names it', async () => {
    const { code, errors } = await runCommand(['start'], await quiet({ LIFELINE_POSTGRES_URL: 'nonsense' }));
    expect(code).toBe(2);
    expect(oneLine(errors)).toContain('LIFELINE_POSTGRES_URL');
  });

  it('on a data folder that is not writable says so', async () => {
    const file = join(temporaryFolder('start'), 'a-file');
    writeFileSync(file, '');
    const { code, errors } = await runCommand(['start'], await quiet({ LIFELINE_DATA_DIR: join(file, 'data') }));
    expect(code).toBe(4);
    expect(oneLine(errors)).toContain('LIFELINE_DATA_DIR');
  });

  it('on data of a newer version leaves it alone', async () => {
    const environment = await quiet();
    mkdirSync(environment.LIFELINE_DATA_DIR, { recursive: true });
    writeFileSync(join(environment.LIFELINE_DATA_DIR, 'version.json'), '{"version": 1000}');
    const { code, errors } = await runCommand(['start'], environment);
    expect(code).toBe(5);
    expect(oneLine(errors)).toContain('1000');
  });

  it('beside another one on the same data is refused, and Ctrl-C ends the first cleanly within ten seconds', async () => {
    const first = await startLifeline();
    const { code, errors } = await runCommand(['start'], await quiet({ LIFELINE_DATA_DIR: first.dataDir }));
    expect(code).toBe(6);
    expect(oneLine(errors)).toContain(first.dataDir);
    const timer = setTimeout(() => void first.kill(), 10_000);
    // As it comes through npm: once by the terminal's process group, once passed on.
    first.child.kill('SIGINT');
    expect(await first.stop()).toBe(0);
    clearTimeout(timer);
    const again = await first.restart();
    expect(await again.stop()).toBe(0);
  });

  it('with an unknown command lists the commands', async () => {
    const { code, errors } = await runCommand(['dance'], {});
    expect(code).not.toBe(0);
    expect(errors).toContain('dance');
  });
});
