import { newDeviceSchema, type Problem } from '@lifeline/contracts';
import type { z } from 'zod';
import { deviceOf, numberOf, NUMBER_FIELDS, type DeviceValues, type SensorNumberField } from './form-values.js';

/** What is wrong with a field, to be said in the chosen language. */
export type FieldError =
  | { readonly kind: 'required' | 'pattern' | 'number' | 'rangeOrder' | 'rangeIncomplete' | 'duplicate' | 'invalid' }
  | { readonly kind: 'order'; readonly below: string }
  | { readonly kind: 'atLeast' | 'over' | 'atMost'; readonly bound: number }
  | { readonly kind: 'tooLong'; readonly bound: number };

/** Wrong fields by their path in the form (`sensors.0.low`). */
export type FieldErrors = ReadonlyMap<string, FieldError>;

/** Checks the form by the contract's own schema; the first wrong of each field is told. */
export function errorsOf(values: DeviceValues): FieldErrors {
  const errors = new Map<string, FieldError>();
  const note = (path: string, error: FieldError): void => {
    if (!errors.has(path)) errors.set(path, error);
  };
  values.sensors.forEach((sensor, at) => {
    const twin = values.sensors.findIndex(({ channel }) => channel.trim() === sensor.channel.trim());
    if (sensor.channel.trim() !== '' && twin < at) note(`sensors.${at}.channel`, { kind: 'duplicate' });
    const [low, high] = [numberOf(sensor.rangeLow), numberOf(sensor.rangeHigh)];
    if (low === null && high !== null) note(`sensors.${at}.rangeLow`, { kind: 'rangeIncomplete' });
    if (high === null && low !== null) note(`sensors.${at}.rangeHigh`, { kind: 'rangeIncomplete' });
    for (const field of NUMBER_FIELDS) {
      const value = numberOf(sensor[field]);
      if (value !== null && !Number.isFinite(value)) note(`sensors.${at}.${field}`, { kind: 'number' });
    }
  });
  const checked = newDeviceSchema.safeParse(deviceOf(values));
  for (const issue of checked.error?.issues ?? []) {
    const path = fieldOf(issue.path);
    if (path === 'sensors') continue;
    const incomplete = path.endsWith('.rangeHigh') && errors.has(path.replace(/High$/, 'Low'));
    if (!incomplete) note(path, errorOf(issue, valueAt(values, path)));
  }
  return errors;
}

/** The form's field of a path in the contract: `limits` and `range` are spread in the form. */
export function fieldOf(path: readonly PropertyKey[]): string {
  const [root, at, part, leaf] = path.map(String);
  if (root !== 'sensors' || at === undefined || part === undefined) return path.map(String).join('.');
  const field =
    part === 'range'
      ? leaf === 'low' || leaf === '0'
        ? 'rangeLow'
        : 'rangeHigh'
      : part === 'limits'
        ? (leaf ?? 'high')
        : part;
  return `sensors.${at}.${field}`;
}

/** What the server refused, by the form's field; said in its own words. */
export function refusedFields(problem: Problem | undefined): ReadonlyMap<string, string> {
  const refused = new Map<string, string>();
  for (const { path, message } of problem?.errors ?? []) {
    const parts = path.replace(/\[(\d+)\]/g, '.$1').split('.');
    if (parts[0] === 'body') parts.shift();
    if (parts.length > 0 && parts[0] !== '') refused.set(fieldOf(parts), message);
  }
  return refused;
}

function valueAt(values: DeviceValues, path: string): unknown {
  const [root, at, field] = path.split('.');
  if (root !== 'sensors') return values[root as keyof DeviceValues];
  return values.sensors[Number(at)]?.[field as SensorNumberField];
}

function errorOf(issue: z.core.$ZodIssue, value: unknown): FieldError {
  if (value === undefined || (typeof value === 'string' && value.trim() === '')) return { kind: 'required' };
  switch (issue.code) {
    case 'invalid_format':
      return { kind: 'pattern' };
    case 'too_small':
      return { kind: issue.inclusive === false ? 'over' : 'atLeast', bound: Number(issue.minimum) };
    case 'too_big':
      return { kind: issue.origin === 'string' ? 'tooLong' : 'atMost', bound: Number(issue.maximum) };
    case 'custom': {
      const below = /must not be under (\w+)$/.exec(issue.message)?.[1];
      if (below !== undefined) return { kind: 'order', below };
      return { kind: issue.path.includes('range') ? 'rangeOrder' : 'invalid' };
    }
    case 'invalid_type':
      return { kind: 'number' };
    default:
      return { kind: 'invalid' };
  }
}
