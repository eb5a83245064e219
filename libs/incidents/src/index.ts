export * from './incident.js';
export { createIncidentDesk, type IncidentDesk, type IncidentPorts } from './desk.js';
export { DEFAULT_OPTIONS, type AlarmSign, type IncidentOptions } from './options.js';
export { createSupplyGraph, type Feed, type SupplyGraph } from './supply-graph.js';
export type { RuleName, SensorFacts, Subject } from './subject.js';
export { loneAlarms } from './lines/lone-alarm.js';
export { operatorLines, MOST_LINES, type LineOptions } from './lines/operator-lines.js';
export type { OperatorLine } from './lines/line.js';
export type { Words } from './words.js';
export { metresBetween, type Extent, type Position } from './place.js';
export {
  createUpstreamOutages,
  gasDangerBy,
  RETURN_GRACE_MS,
  UPSTREAM,
  type UpstreamPorts,
} from './upstream/upstream-outages.js';
