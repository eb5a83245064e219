import { ConfigurationError, readConfiguration, unknownSettings } from './configuration.js';

describe('the settings', () => {
  it('run with nothing set', () => {
    const configuration = readConfiguration({});
    expect(configuration).toMatchObject({
      simulate: false,
      http: { port: 3000, host: '127.0.0.1' },
      mqtt: { port: 1883, host: '127.0.0.1' },
      externalMqtt: undefined,
      influx: undefined,
      postgresUrl: undefined,
      callOutWebhook: undefined,
      alarmBudget: { findingsPerSensorYear: 0.5, findingsPerShift: 48 },
    });
    expect(configuration.dataDir).toMatch(/\/data$/);
  });

  it('take an empty value as not set', () => {
    expect(readConfiguration({ LIFELINE_POSTGRES_URL: '' }).postgresUrl).toBeUndefined();
  });

  it.each([
    ['LIFELINE_HTTP_PORT', 'eighty'],
    ['LIFELINE_HTTP_PORT', '70000'],
    ['LIFELINE_MQTT_URL', 'ftp://broker'],
    ['LIFELINE_INFLUX_URL', 'influxdb:8086'],
    ['LIFELINE_POSTGRES_URL', 'mysql://x/y'],
    ['LIFELINE_CALL_OUT_WEBHOOK', 'sms.city.example/send'],
    ['LIFELINE_CALL_OUT_WEBHOOK', 'mailto:crew@city.example'],
    ['LIFELINE_SIMULATE', 'yes'],
    ['LIFELINE_FINDINGS_PER_SENSOR_YEAR', '0'],
    ['LIFELINE_FINDINGS_PER_SHIFT', 'few'],
    ['LIFELINE_ADMIN_PASSWORD', 'short'],
    ['LIFELINE_NATS_URL', 'nats://127.0.0.1:4222'],
  ])('refuse %s=%s in one line that names it', (name, value) => {
    const read = () => readConfiguration({ [name]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
    try {
      read();
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('never repeat a secret in the message', () => {
    let message = '';
    try {
      readConfiguration({ LIFELINE_POSTGRES_URL: 'postgres-but-wrong://user:hunter2hunter2@host/db' });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('LIFELINE_POSTGRES_URL');
    expect(message).not.toContain('hunter2');
  });

  it('that are misspelt are found', () => {
    expect(
      unknownSettings({ LIFELINE_HTTP_PROT: '1', LIFELINE_HTTP_PORT: '2', LIFELINE_PASSWORD: 'x', PATH: '/' }),
    ).toEqual(['LIFELINE_HTTP_PROT']);
  });

  it('choose the production adapters by their addresses', () => {
    const configuration = readConfiguration({
      LIFELINE_MQTT_URL: 'mqtt://broker:1883',
      LIFELINE_INFLUX_URL: 'http://influx:8086',
      LIFELINE_INFLUX_TOKEN: 't',
      LIFELINE_POSTGRES_URL: 'postgres://u:p@db/lifeline',
    });
    expect(configuration.externalMqtt).toEqual({ url: 'mqtt://broker:1883', connections: 4 });
    expect(configuration.influx).toEqual({
      url: 'http://influx:8086',
      token: 't',
      org: 'lifeline',
      bucket: 'lifeline',
    });
    expect(configuration.postgresUrl).toBe('postgres://u:p@db/lifeline');
  });
});
