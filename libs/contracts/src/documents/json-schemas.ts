import { z } from 'zod';
import { callOutSchema } from '../call-out.js';
import { dutyPostSchema } from '../duty.js';
import { alarmSchema, alarmTransitionSchema } from '../alarm.js';
import {
  deviceStatusSchema,
  plainTelemetrySchema,
  senmlRecordSchema,
  telemetryBodySchema,
} from '../bodies/body-schemas.js';
import {
  assetSchema,
  deviceSchema,
  limitsSchema,
  newDeviceSchema,
  newSensorSchema,
  sensorSchema,
} from '../registry.js';
import {
  accountRowSchema,
  cityAnswerSchema,
  importAnswerSchema,
  knockSchema,
  liveSensorSchema,
  problemSchema,
  readingsAnswerSchema,
  rejectSchema,
  userSchema,
} from '../answers.js';

/** JSON Schema, or any other object of an API document. */
export type DocumentNode = { [key: string]: unknown };

/** Schemas that readers of the documents know by name: each is written once and referred to. */
const NAMED = {
  Problem: problemSchema,
  User: userSchema,
  City: cityAnswerSchema,
  Asset: assetSchema,
  Device: deviceSchema,
  NewDevice: newDeviceSchema,
  NewSensor: newSensorSchema,
  Sensor: sensorSchema,
  Limits: limitsSchema,
  LiveSensor: liveSensorSchema,
  Readings: readingsAnswerSchema,
  AlarmTransition: alarmTransitionSchema,
  Alarm: alarmSchema,
  Reject: rejectSchema,
  Knock: knockSchema,
  AccountRow: accountRowSchema,
  ImportAnswer: importAnswerSchema,
  DutyPost: dutyPostSchema,
  CallOut: callOutSchema,
  Telemetry: telemetryBodySchema,
  PlainTelemetry: plainTelemetrySchema,
  SenmlRecord: senmlRecordSchema,
  DeviceStatus: deviceStatusSchema,
} as const satisfies Record<string, z.ZodType>;

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });

/** Gathers the named schemas of one document under `#/components/schemas`. */
export class DocumentSchemas {
  readonly components: DocumentNode = {};

  /**
   * A schema as JSON Schema 2020-12, or a reference where it has a name.
   * @param side `input`: as it is sent to us, before defaults and transformations; `output`: as we send it
   */
  of(schema: z.ZodType, side: 'input' | 'output'): DocumentNode {
    const {
      $schema: _dialect,
      $defs,
      id: _id,
      ...root
    } = z.toJSONSchema(schema, {
      io: side,
      metadata: names,
      unrepresentable: 'any',
    }) as DocumentNode;
    for (const [name, definition] of Object.entries(($defs ?? {}) as DocumentNode)) this.put(name, definition);
    const name = names.get(schema)?.id;
    const resolved = referToComponents(root) as DocumentNode;
    return name === undefined ? resolved : this.put(name, resolved);
  }

  private put(name: string, definition: unknown): DocumentNode {
    const { $schema: _dialect, id: _id, ...schema } = definition as DocumentNode;
    this.components[name] ??= referToComponents(schema);
    return { $ref: `#/components/schemas/${name}` };
  }
}

function referToComponents(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(referToComponents);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, referToComponents(value)],
    ),
  );
}
