export * from './port.js';
export { alarmIdOf } from './alarm-id.js';
export { createAlarmDesk, MOST_SHELVED } from './desk.js';
export { CHATTER_CRITERIA, isConditionTrue, type ChatterCriterion, type ChatterState } from './chatter.js';
export { allOf, chosen, NO_EXPLANATIONS, type Explanation, type Explanations } from './suppression/explanation.js';
export {
  createMaintenanceWindows,
  isCovered,
  type Covered,
  type MaintenanceWindows,
  type WindowPorts,
} from './suppression/maintenance-windows.js';
export { alarmAt, alarmOf } from './alarm-life.js';
export { behaviourBy, defaultBehaviour } from './behaviour.js';
export { isActive, isHeld, nextLife, type Life, type LifeEvent } from './life-cycle.js';
export { measurePerformance, type PerformanceSpan } from './performance/performance.js';
export { PRIORITY_SPREAD, TARGETS, type PerformanceFigure, type Target } from './performance/targets.js';
