import type { z } from 'zod';
import { deviceStatusSchema, telemetryBodySchema } from '../bodies/body-schemas.js';
import {
  LIVE_NAMESPACE,
  liveAlarmSchema,
  liveAuthSchema,
  liveHealthSchema,
  liveReadingsSchema,
  liveResyncSchema,
  subscribeSchema,
} from '../live.js';
import { callOutSchema } from '../call-out.js';
import { liveIncidentSchema } from '../incident.js';
import { TOPIC_ROOT } from '../topics.js';
import { UTILITIES } from '../vocabulary.js';
import { DocumentSchemas, type DocumentNode } from './json-schemas.js';

interface Event {
  readonly channel: 'telemetry' | 'status' | 'live';
  /** As the server sees it. */
  readonly action: 'receive' | 'send';
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly contentTypes?: readonly string[];
}

const EVENTS: Readonly<Record<string, Event>> = {
  telemetry: {
    channel: 'telemetry',
    action: 'receive',
    summary:
      'Readings of one device: plain JSON, a batch of it, or SenML. QoS 1 is advised: PUBACK says that it is kept',
    schema: telemetryBodySchema,
    contentTypes: ['application/json', 'application/senml+json', 'application/senml+cbor'],
  },
  status: {
    channel: 'status',
    action: 'receive',
    summary: 'Whether a device is there; retained',
    schema: deviceStatusSchema,
    contentTypes: ['text/plain'],
  },
  subscribe: {
    channel: 'live',
    action: 'receive',
    summary: 'What the client wants readings of; replaces what it named before',
    schema: subscribeSchema,
  },
  alarm: { channel: 'live', action: 'send', summary: 'Every transition of an alarm', schema: liveAlarmSchema },
  incident: {
    channel: 'live',
    action: 'send',
    summary: 'Every change of an incident: alarms that share a cause',
    schema: liveIncidentSchema,
  },
  callOut: {
    channel: 'live',
    action: 'send',
    summary: 'A call-out, whole, when it is made and after each step: who was called, and what became of it',
    schema: callOutSchema,
  },
  readings: {
    channel: 'live',
    action: 'send',
    summary: 'The newest values of subscribed sensors that changed, at most four times a second',
    schema: liveReadingsSchema,
  },
  resync: {
    channel: 'live',
    action: 'send',
    summary: 'After a long absence: load the alarms anew by REST and go on from this position',
    schema: liveResyncSchema,
  },
  health: {
    channel: 'live',
    action: 'send',
    summary: 'How the whole is, every five seconds',
    schema: liveHealthSchema,
  },
};

const deviceParameters = {
  utility: { description: 'The lifeline of the device', enum: [...UTILITIES] },
  deviceId: { description: 'The device; its gateway may send for it' },
};

/** MQTT topics and live events as an AsyncAPI 3.0 document, from the same schemas that check them. */
export function asyncApiDocument(): DocumentNode {
  const schemas = new DocumentSchemas();
  const messages: DocumentNode = {};
  const operations: DocumentNode = {};
  const channels: Record<string, DocumentNode> = {
    telemetry: {
      address: `${TOPIC_ROOT}/{utility}/{deviceId}/telemetry`,
      servers: [{ $ref: '#/servers/mqtt' }],
      parameters: deviceParameters,
    },
    status: {
      address: `${TOPIC_ROOT}/{utility}/{deviceId}/status`,
      servers: [{ $ref: '#/servers/mqtt' }],
      parameters: deviceParameters,
    },
    live: {
      address: LIVE_NAMESPACE,
      servers: [{ $ref: '#/servers/live' }],
      description: 'socket.io namespace; each message is the event of its name',
      'x-handshake-auth': schemas.of(liveAuthSchema, 'input'),
    },
  };
  for (const [name, event] of Object.entries(EVENTS)) {
    const side = event.action === 'receive' ? 'input' : 'output';
    messages[name] = {
      name,
      summary: event.summary,
      contentType: event.contentTypes?.[0] ?? 'application/json',
      ...(event.contentTypes ? { 'x-content-types': event.contentTypes } : {}),
      payload: schemas.of(event.schema, side),
    };
    const channel = channels[event.channel]!;
    channel['messages'] = {
      ...(channel['messages'] as DocumentNode),
      [name]: { $ref: `#/components/messages/${name}` },
    };
    operations[`${event.action}-${name}`] = {
      action: event.action,
      channel: { $ref: `#/channels/${event.channel}` },
      messages: [{ $ref: `#/channels/${event.channel}/messages/${name}` }],
      summary: event.summary,
      ...(event.channel === 'live' ? {} : { bindings: { mqtt: { qos: 1, retain: name === 'status' } } }),
    };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Lifeline: devices and live events',
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: {
      mqtt: {
        host: '{host}:{port}',
        protocol: 'mqtt',
        variables: { host: { default: 'localhost' }, port: { default: '1883' } },
        security: [{ $ref: '#/components/securitySchemes/device' }],
      },
      live: {
        host: '{host}:{port}',
        protocol: 'socket.io',
        variables: { host: { default: 'localhost' }, port: { default: '3000' } },
        security: [{ $ref: '#/components/securitySchemes/session' }],
      },
    },
    channels,
    operations,
    components: {
      messages,
      schemas: schemas.components,
      securitySchemes: {
        device: { type: 'userPassword', description: 'User name: the device id. Password: as issued for the device' },
        session: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/v1/session, in the handshake' },
      },
    },
  };
}
