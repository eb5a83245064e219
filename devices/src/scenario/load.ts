import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { CITY_EVENTS, SENSOR_FAULTS } from '@lifeline/lifeline-kit';
import { DeviceError } from '../device-error.js';
import { LIFELINES } from '../lifelines.js';
import { scenarioSchema, type Scenario } from './schema.js';

/** Folder of the scenarios that come with the product. */
export const SCENARIO_FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));
export const DEFAULT_SCENARIO = 'first-minute';

/**
 * Reads a scenario by its path, or by name where it comes with the product.
 * @throws DeviceError `unreadable-file` or `invalid-scenario`, naming the file, the place in it and what is expected there
 */
export async function loadScenario(nameOrPath: string): Promise<Scenario> {
  const own = `${SCENARIO_FOLDER}${nameOrPath}.yaml`;
  const path = existsSync(own) ? own : nameOrPath;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new DeviceError(
      'unreadable-file',
      `cannot read the scenario ${path}: give a path or a name such as ${DEFAULT_SCENARIO}`,
      {
        cause: error,
      },
    );
  }
  return parseScenario(text, path);
}

/** All scenarios of a folder and its folders, in the order of their paths. */
export async function loadScenarios(folder = SCENARIO_FOLDER): Promise<Scenario[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(files.map((name) => loadScenario(join(folder, name))));
}

/** Checks the text of a scenario; `where` names it in errors. */
export function parseScenario(text: string, where: string): Scenario {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    throw new DeviceError(
      'invalid-scenario',
      `${where} is not YAML: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  const checked = scenarioSchema.safeParse(raw);
  if (!checked.success) {
    const lines = checked.error.issues.map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
    throw new DeviceError('invalid-scenario', `${where} is not a scenario:\n${lines.join('\n')}`);
  }
  checkFaults(checked.data, where);
  return checked.data;
}

function checkFaults(scenario: Scenario, where: string): void {
  const kinds = new Map(
    [...CITY_EVENTS, ...SENSOR_FAULTS, ...LIFELINES.flatMap(({ faults }) => faults)].map((kind) => [kind.kind, kind]),
  );
  scenario.events.forEach((event, i) => {
    const kind = kinds.get(event.fault);
    if (!kind) {
      const known = [...kinds.keys()].join(', ');
      throw new DeviceError(
        'invalid-scenario',
        `${where} is not a scenario:\n  events.${i}.fault: "${event.fault}" is none of ${known}`,
      );
    }
    for (const name of Object.keys(event.parameters)) {
      if (name in kind.parameters) continue;
      const known = Object.keys(kind.parameters).join(', ') || 'none';
      throw new DeviceError(
        'invalid-scenario',
        `${where} is not a scenario:\n  events.${i}.parameters.${name}: ${event.fault} takes ${known}`,
      );
    }
  });
}
