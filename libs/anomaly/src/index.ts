export * from './port.js';
export { AnomalyCheckpointError } from './state-memory.js';
export { createAnomalyScorer } from './scorer.js';
export * from './group/port.js';
export { createGroupScorer, groupStateSize } from './group/group-scorer.js';
export * from './learned/port.js';
export { createLearnedEngine } from './learned/engine.js';
export { dayKindOfChina } from './learned/calendar.js';
export { createStepFinder, type StepFinder, type StepFinderOptions } from './group/step-finder.js';
