export * from './port.js';
export { alarmIdOf, createAlarmDesk, MOST_SHELVED } from './desk.js';
export { behaviourBy, defaultBehaviour } from './behaviour.js';
export { isActive, isHeld, nextLife, type Life, type LifeEvent } from './life-cycle.js';
export { measurePerformance, type PerformanceSpan } from './performance/performance.js';
export { PRIORITY_SPREAD, TARGETS, type PerformanceFigure, type Target } from './performance/targets.js';
