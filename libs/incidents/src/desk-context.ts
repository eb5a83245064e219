import type { Asset } from '@lifeline/contracts';
import { DEFAULT_OPTIONS, type IncidentOptions } from './options.js';
import type { RuleContext } from './rules/rule.js';
import { hasSign, isStale, type SensorFacts, type Subject } from './subject.js';
import type { SupplyGraph } from './supply-graph.js';
import type { TallyContext } from './tally.js';
import type { Words } from './words.js';

export interface IncidentPorts {
  /** Type and gateway of a sensor; undefined where the registry does not have it (any more). */
  readonly sensorOf: (sensorId: string) => SensorFacts | undefined;
  readonly graph: SupplyGraph;
  /** Default: what the graph knows. */
  readonly assetOf?: (assetId: string) => Asset | undefined;
  /** Whether it rains in the catchment of a pump station; undefined, or missing: its rain gauges' alarms tell. */
  readonly isRaining?: (catchmentId: string, atMs: number) => boolean | undefined;
  /** How many devices stand behind a gateway; missing, or undefined: `silentDevices` alone decides. */
  readonly devicesBehind?: (gatewayId: string) => number | undefined;
  readonly gatewayName?: (gatewayId: string) => Words;
  readonly districtName?: (district: string) => Words;
  readonly options?: Partial<IncidentOptions>;
}

export type DeskContext = RuleContext & TallyContext;

export function contextOf(ports: IncidentPorts): DeskContext {
  const options = { ...DEFAULT_OPTIONS, ...ports.options };
  const isGasLeak = (subject: Subject) => subject.utility === 'gas' && hasSign(subject, options.leakSigns);
  return {
    options,
    graph: ports.graph,
    assetOf: ports.assetOf ?? ports.graph.asset,
    isRaining: ports.isRaining ?? (() => undefined),
    devicesBehind: ports.devicesBehind ?? (() => undefined),
    gatewayName: ports.gatewayName ?? ((id) => ({ en: `Gateway ${id}`, zh: `网关${id}` })),
    districtName: ports.districtName ?? ((name) => ({ en: name, zh: name })),
    isGasLeak,
    isGrave: (subject) => subject.priority === 'red' || isGasLeak(subject),
    respondWithinMs(subject) {
      const { type } = subject;
      // Silence endangers nobody by itself.
      const row =
        type === null || isStale(subject)
          ? undefined
          : options.respondWithinMin.find(({ types }) => types.includes(type));
      return (row?.minutes ?? options.respondWithinMinElse) * 60_000;
    },
  };
}
