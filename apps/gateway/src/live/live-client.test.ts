import type { LiveReadings, Sensor } from '@lifeline/contracts';
import { LiveClient, MESSAGES_WAITING, VALUES_A_MESSAGE } from './live-client.js';
import { LiveView } from './live-view.js';

function city(sensors: number): LiveView {
  const view = new LiveView();
  for (let sensorNo = 1; sensorNo <= sensors; sensorNo++) {
    const sensor: Sensor = {
      sensorId: `d/${sensorNo}`,
      sensorNo,
      deviceId: 'd',
      channel: String(sensorNo),
      utility: 'gas',
      name: '',
      unit: '',
      lon: 113 + sensorNo / 100_000,
      lat: 30,
      assetId: sensorNo === 1 ? 'A' : null,
      type: null,
      intervalS: 60,
      range: null,
      limits: {},
    };
    view.putSensor(sensor, { name: 'D', createdAtMs: 0 });
    view.values.put(sensorNo, 1, sensorNo, 0, 1);
  }
  view.values.takeDirty();
  return view;
}

function wire() {
  const sent: LiveReadings[] = [];
  const state = { waiting: 0 };
  return {
    sent,
    state,
    sendReadings: (readings: LiveReadings) => void sent.push(readings),
    waiting: () => state.waiting,
  };
}

function change(view: LiveView, client: LiveClient, ...changes: readonly (readonly [number, number, number])[]) {
  for (const [sensorNo, atMs, value] of changes) view.values.put(sensorNo, atMs, value, 0, atMs);
  const dirty = view.values.takeDirty();
  client.note(view.grid.group(dirty), new Set(dirty));
}

describe('a live client', () => {
  it('is sent the present values of its box, split into messages of bounded size', () => {
    const view = city(VALUES_A_MESSAGE * 2 + 1);
    const link = wire();
    const client = new LiveClient(view, link);
    expect(client.subscribe({ bbox: [110, 29, 120, 31] })).toBe(VALUES_A_MESSAGE * 2 + 1);
    expect(client.send(9)).toBe(false);
    expect(link.sent.map((message) => message.values.length)).toEqual([VALUES_A_MESSAGE, VALUES_A_MESSAGE, 1]);
    expect(client.send(10)).toBe(false);
    expect(link.sent).toHaveLength(3);
  });

  it('is sent only the newest value of what changed and it asked for', () => {
    const view = city(3);
    const link = wire();
    const client = new LiveClient(view, link);
    client.subscribe({ sensorIds: ['d/2', 'unknown/x'] });
    client.send(1);
    change(view, client, [2, 5, 50], [2, 6, 60], [3, 6, 61]);
    client.send(2);
    expect(link.sent.at(-1)).toEqual({ atMs: 2, values: [['d/2', 6, 60, 'good']] });
    client.subscribe({ assetIds: ['A'] });
    client.send(3);
    expect(link.sent.at(-1)?.values).toEqual([['d/1', 1, 1, 'good']]);
    change(view, client, [2, 7, 70]);
    client.send(4);
    expect(link.sent).toHaveLength(3);
  });

  it('is held back while its connection is full, and then gets the newest values, none lost', () => {
    const view = city(2);
    const link = wire();
    const client = new LiveClient(view, link);
    client.subscribe({ bbox: [110, 29, 120, 31] });
    client.send(1);
    link.state.waiting = MESSAGES_WAITING;
    change(view, client, [1, 5, 5]);
    expect(client.send(2)).toBe(true);
    change(view, client, [1, 6, 6], [2, 6, 7]);
    expect(client.send(3)).toBe(true);
    link.state.waiting = 0;
    expect(client.send(4)).toBe(false);
    expect(link.sent).toHaveLength(2);
    expect(link.sent[1]?.values).toEqual([
      ['d/1', 6, 6, 'good'],
      ['d/2', 6, 7, 'good'],
    ]);
  });
});
