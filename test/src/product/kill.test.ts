import { telemetryTopic, type Alarm, type ReadingsAnswer } from '@lifeline/contracts';
import { Api, connectDevice, eventually } from './api.js';
import { startLifeline, type LifelineProcess } from './lifeline-process.js';

/** `kill -9` in the middle of a flood of publishes: nothing that was acknowledged is lost, nothing is doubled. */

const PUBLISHES = 20_000;
const KILL_AFTER = 8_000;

describe('after kill -9 in the middle of 20,000 publishes', () => {
  let lifeline: LifelineProcess;
  afterAll(async () => {
    await lifeline?.stop();
  });

  it('every acknowledged reading is in the history once, and no alarm is raised twice', async () => {
    lifeline = await startLifeline();
    const api = await Api.login(lifeline);
    await api.post('/devices', {
      deviceId: 'flood-1',
      utility: 'gas',
      name: 'Flood test',
      sensors: [
        {
          channel: 'pressure',
          unit: 'kPa',
          name: 'Pressure',
          lon: 118.31,
          lat: 32.3,
          intervalS: 60,
          range: { low: 0, high: 1000 },
        },
        {
          channel: 'outlet',
          unit: 'kPa',
          name: 'Outlet',
          lon: 118.31,
          lat: 32.3,
          intervalS: 60,
          range: { low: 0, high: 1000 },
          limits: { high: 500, deadband: 5, onDelayS: 0, offDelayS: 0 },
        },
      ],
    });
    const client = await connectDevice(api, lifeline, 'flood-1');
    client.on('error', () => undefined);
    const topic = telemetryTopic('gas', 'flood-1');
    const startMs = Date.now() - PUBLISHES * 10;
    const acknowledged: number[] = [];

    const killed = new Promise<void>((resolve) => {
      for (let i = 0; i < PUBLISHES; i++) {
        const ts = startMs + i * 10;
        // The second channel passes its limit for good at reading 2,000: one alarm, before the kill.
        const body = JSON.stringify({ ts, values: { pressure: i / 100, outlet: i < 2000 ? 100 : 600 } });
        client.publish(topic, body, { qos: 1 }, (error) => {
          if (error) return;
          acknowledged.push(ts);
          if (acknowledged.length === KILL_AFTER) void lifeline.kill().then(resolve);
        });
      }
    });
    await killed;
    client.end(true);
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER);

    lifeline = await lifeline.restart();
    const after = await Api.login(lifeline);
    await eventually(
      () => after.get<{ items: { waiting: number }[] }>('/account'),
      ({ items }) => items.length > 0 && items.every((row) => row.waiting === 0),
      60_000,
    );

    // The history answers at most 10,000 readings at once: read it in slices of the time that was published.
    const counts = new Map<number, number>();
    for (let from = startMs; from < startMs + PUBLISHES * 10; from += 50_000) {
      const answer = await after.get<ReadingsAnswer>(
        `/sensors/flood-1/pressure/readings?from=${from}&to=${from + 50_000}&points=10000`,
      );
      if (!('readings' in answer)) throw new Error('expected readings, not buckets');
      for (const [tMs, value] of answer.readings) {
        counts.set(tMs, (counts.get(tMs) ?? 0) + 1);
        expect(value).toBeCloseTo((tMs - startMs) / 1000, 6);
      }
    }
    const lost = acknowledged.filter((ts) => !counts.has(ts));
    const doubled = [...counts.values()].filter((count) => count > 1);
    expect({ lost: lost.length, doubled: doubled.length }).toEqual({ lost: 0, doubled: 0 });

    const { items: alarms } = await eventually(
      () => after.get<{ items: Alarm[] }>('/alarms?sensorId=flood-1/outlet'),
      ({ items }) => items.some((alarm) => alarm.rule === 'limit'),
    );
    const limitAlarms = alarms.filter((alarm) => alarm.rule === 'limit');
    expect(limitAlarms).toHaveLength(1);
    expect(limitAlarms[0]?.transitions.filter((transition) => transition.event === 'raise')).toHaveLength(1);
  });
});
