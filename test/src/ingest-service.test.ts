import { rmSync } from 'node:fs';
import { jest } from '@jest/globals';
import { readConfiguration } from '@lifeline/configuration';
import { HistoryUnavailableError, type History } from '@lifeline/history';
import { IngestService, type InletFactory, type InletWiring } from '@lifeline/ingest';
import { openPorts, type OpenPorts } from '@lifeline/ports';
import { temporaryFolder } from './servers/process.js';

/** Ingest over the real log, history and records; only the network is left out: messages go into the inlet's sink. */

const TOPIC = 'lifeline/v1/gas/gas-1/telemetry';
const WHOLE_TIME: [number, number] = [0, 4e12];

class DirectInlet {
  wiring: InletWiring | undefined;
  readonly factory: InletFactory = {
    name: 'direct',
    create: (wiring) => {
      this.wiring = wiring;
      return {
        name: 'direct',
        start: async () => undefined,
        stop: async () => undefined,
        disconnect: () => undefined,
        health: () => ({ connected: true, connections: 1, outstanding: 0 }),
      };
    },
  };

  send(body: unknown, topic = TOPIC): Promise<void> {
    const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      this.wiring!.sink({ topic, payload, arrivedAtMs: Date.now() }, (error) => (error ? reject(error) : resolve()));
    });
  }
}

describe('ingest over real stores', () => {
  let folder: string;
  let ports: OpenPorts;
  let inlet: DirectInlet;
  let service: IngestService;

  const start = async (history?: History) => {
    inlet = new DirectInlet();
    ports.metrics.clear();
    service = new IngestService({ ...ports, ...(history ? { history } : {}) }, [inlet.factory]);
    await service.start();
  };
  beforeEach(async () => {
    folder = temporaryFolder('ingest');
    ports = await openPorts(readConfiguration({ LIFELINE_DATA_DIR: folder }), { say: () => undefined });
    await ports.records.registry.createDevice(
      {
        deviceId: 'gas-1',
        utility: 'gas',
        name: 'Gas 1',
        sensors: [{ channel: 'pressure', unit: 'kPa', name: 'Pressure', lon: 118.3, lat: 32.3, intervalS: 60 }],
      },
      Date.now(),
    );
    await ports.registry.refresh(['gas-1']);
  });
  afterEach(async () => {
    await service.stop();
    await ports.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const account = async () => {
    const sum = { received: 0, stored: 0, rejected: 0, duplicate: 0, waiting: 0 };
    for (const row of await ports.records.account.account(...WHOLE_TIME)) {
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += row[key];
    }
    return sum;
  };
  const accountWhere = async (isSo: (sum: Awaited<ReturnType<typeof account>>) => boolean) => {
    for (let sum = await account(); ; sum = await account()) {
      if (isSo(sum)) return sum;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const storedReadings = () => {
    const sensor = ports.registry.sensor(ports.registry.channels('gas-1')!.get('pressure')!.sensorNo)!;
    return ports.history.count(sensor, ...WHOLE_TIME);
  };

  it('gives an account that adds up: received = stored + rejected + duplicate', async () => {
    await start();
    const beginMs = Date.now() - 300_000;
    const good = Array.from({ length: 500 }, (_, i) => ({ ts: beginMs + i, values: { pressure: 300 + (i % 7) } }));
    await Promise.all(good.map((body) => inlet.send(body)));
    await Promise.all(good.slice(0, 40).map((body) => inlet.send(body)));
    await Promise.all(Array.from({ length: 25 }, () => inlet.send('{"values":')));
    await inlet.send({ values: { nobody: 1 } });

    const sum = await accountWhere(({ received, waiting }) => received === 566 && waiting === 0);

    expect(sum).toEqual({ received: 566, stored: 500, rejected: 26, duplicate: 40, waiting: 0 });
    expect(await storedReadings()).toBe(500);
    const { items } = await ports.records.rejects.rejects({ limit: 100 });
    expect(items.filter((row) => row.reason === 'malformed-json').reduce((count, row) => count + row.count, 0)).toBe(
      25,
    );
  });

  it('adds up with what was refused too: of another device, of an unknown one, and too large', async () => {
    await start();
    const refused = {
      atMs: Date.now(),
      deviceId: 'gas-1',
      topic: 'lifeline/v1/gas/other/telemetry',
      detail: '',
    } as const;
    inlet.wiring!.onRefusal({ ...refused, reason: 'not-authorised', count: 3 });
    inlet.wiring!.onRefusal({ ...refused, topic: TOPIC, reason: 'too-large', count: 1 });
    // A login is no message.
    inlet.wiring!.onRefusal({ ...refused, topic: '', reason: 'bad-credential', count: 5 });
    // Behind an external broker nobody checks who sends: an unknown device's message comes to the sink.
    await inlet.send({ values: { pressure: 1 } }, 'lifeline/v1/gas/nobody/telemetry');
    await inlet.send({ values: { pressure: 1 }, note: 'x'.repeat(300 * 1024) });
    await inlet.send({ ts: Date.now() - 1000, values: { pressure: 300 } });

    const sum = await accountWhere(({ received, waiting }) => received === 7 && waiting === 0);
    expect(sum).toEqual({ received: 7, stored: 1, rejected: 6, duplicate: 0, waiting: 0 });
    const { items } = await ports.records.rejects.rejects({ limit: 100 });
    expect([...new Set(items.map(({ reason }) => reason))].sort()).toEqual([
      'bad-credential',
      'not-authorised',
      'too-large',
      'unknown-device',
    ]);
  });

  it('acknowledges while the history is down, says so, and writes everything once it is back', async () => {
    let isDown = true;
    const history: History = Object.assign(Object.create(ports.history) as History, {
      write: async (...batch: Parameters<History['write']>) => {
        if (isDown) throw new HistoryUnavailableError('the store is down');
        await ports.history.write(...batch);
      },
      cursor: () => ports.history.cursor(),
    });
    await start(history);

    await Promise.all(
      Array.from({ length: 200 }, (_, i) => inlet.send({ ts: Date.now() - 1000 + i, values: { pressure: 300 } })),
    );
    const waiting = await accountWhere((sum) => sum.received === 200);
    expect(waiting).toMatchObject({ stored: 0, waiting: 200 });
    const health = await service.health();
    expect(health.ready).toBe(true);
    expect(health.problems.join()).toContain('the store is down');

    isDown = false;
    await accountWhere((sum) => sum.waiting === 0);
    expect(await storedReadings()).toBe(200);
    expect((await service.health()).problems).toEqual([]);
  });

  it('passes over a record that cannot be read: what comes after it is stored and counted, and it is told once', async () => {
    const say = jest.fn<(line: string) => void>();
    ports = { ...ports, say };
    const broken = new TextEncoder().encode('{"half of');
    const badRejects = [broken, new TextEncoder().encode('{"reason":"none"}')];
    await ports.log.append([
      { stream: 'readings', key: 'k', payload: broken },
      ...badRejects.map((payload) => ({ stream: 'rejects' as const, key: 'k', payload })),
    ]);
    await start();
    await inlet.send({ ts: Date.now() - 5000, values: { pressure: 300 } });
    await inlet.send('{"values":');
    const sum = await accountWhere(({ received, waiting }) => received === 2 && waiting === 0);
    expect(sum).toMatchObject({ stored: 1, rejected: 1 });
    await ports.log.append([{ stream: 'readings', key: 'k', payload: broken }]);
    while ((await service.health()).historyBehind > 0) await new Promise((resolve) => setTimeout(resolve, 20));

    expect((await ports.records.rejects.rejects({ limit: 10 })).items).toHaveLength(1);
    expect((await service.health()).problems).toEqual([]);
    const lines = say.mock.calls.map(([line]) => line).filter((line) => line.includes('passed over by history'));
    expect(lines).toEqual([expect.stringContaining('Record 1 of readings')]);
    const metrics = await ports.metrics.metrics();
    expect(metrics).toContain('lifeline_undecodable_records_total{stream="readings",consumer="history"} 2');
    expect(metrics).toContain('lifeline_undecodable_records_total{stream="rejects",consumer="rejects"} 2');
    expect(metrics).toContain('lifeline_undecodable_records_total{stream="rejects",consumer="account-rejected"} 2');
  });

  it('counts each reading once over a restart', async () => {
    await start();
    await inlet.send({ ts: Date.now() - 5000, values: { pressure: 300 } });
    await accountWhere((sum) => sum.received === 1);
    await service.stop();

    await start();
    await inlet.send({ ts: Date.now() - 4000, values: { pressure: 300 } });
    const sum = await accountWhere(({ received, waiting }) => received === 2 && waiting === 0);

    expect(sum).toMatchObject({ received: 2, stored: 2 });
  });
});
