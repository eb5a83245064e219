export * from './port.js';
export { createDetectionEngine, type DetectionEngineOptions } from './detection-engine.js';
export { createLimitEngine, type Companion } from './engine.js';
export { CheckpointFormatError } from './checkpoint.js';
export * from './asset-watch.js';
