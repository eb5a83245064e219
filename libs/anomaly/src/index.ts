export * from './port.js';
export { AnomalyCheckpointError } from './state-memory.js';
export { createAnomalyScorer } from './scorer.js';
